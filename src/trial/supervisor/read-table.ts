import { closeSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";

const buffer = Buffer.allocUnsafe(LIMITS.trialSocketTableBytes);

/** The beginning of a table of /proc/net, as far as its bound: a program can open a great many sockets. */
export function readTable(path: string): string {
  let length = 0;
  try {
    const fd = openSync(path, "r");
    try {
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = readSync(fd, buffer, length, buffer.length - length, null);
      }
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
  return buffer.toString("latin1", 0, length);
}
