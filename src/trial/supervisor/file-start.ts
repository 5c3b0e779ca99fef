import { closeSync, constants, openSync, readSync } from "node:fs";

/** The beginning of a file, which no link leads to; undefined when it cannot be read. */
export function readStart(path: string | Buffer, most: number): Buffer | undefined {
  const buffer = Buffer.alloc(most);
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return buffer.subarray(0, readSync(fd, buffer));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** No control characters but white space and escapes. */
// oxlint-disable-next-line no-control-regex -- it is about control characters
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** UTF-8, but for a character that the cut went through; else Latin-1, in which some still log. */
export function textOf(bytes: Buffer): string | undefined {
  const text = isUtf8(bytes) ? new TextDecoder().decode(bytes) : bytes.toString("latin1");
  return CONTROL.test(text) ? undefined : text;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
