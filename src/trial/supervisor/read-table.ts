import { closeSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";

const buffer = Buffer.allocUnsafe(LIMITS.trialSocketTableBytes);

/** Beginning of a table of /proc/net, bounded, since a program can open very many sockets. */
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
