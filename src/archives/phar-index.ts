import { Unreadable } from "./content/unreadable.ts";

/** A file of a PHP archive. */
export interface PharMember {
  readonly name: string;
  /** Size in bytes as stored in the archive. */
  readonly stored: number;
  readonly packing: "none" | "deflate" | "bzip2";
}

const HALT = Buffer.from("__HALT_COMPILER();");
/** The end of PHP code and a line end, which the format allows between the program and the list. */
const CLOSING = [" ?>\r\n", " ?>\n", " ?>", "\r\n", "\n", ""].map((text) => Buffer.from(text));
/**
 * Bytes by which an index is distinguished from other data after a program: the index's length, the count of
 * files and the version.
 */
const TELLING = 10;
/** First nibble of the version 1.x.x. */
const VERSION = 1;
const FLAGS = { deflate: 0x1000, bzip2: 0x2000 };
const FIXED = 24;

/** Maximum number of bytes between the program's end and the end of the distinguishing fields. */
export const PHAR_LOOKAHEAD = HALT.length + 5 + TELLING;

/** Offset of a PHP archive's index; -1 if these bytes contain none. */
export function pharListIn(bytes: Buffer): number {
  for (let at = bytes.indexOf(HALT); at >= 0; at = bytes.indexOf(HALT, at + 1)) {
    const end = at + HALT.length;
    const closing = CLOSING.find((text) => text.equals(bytes.subarray(end, end + text.length)));
    const list = end + (closing?.length ?? 0);
    if (isList(bytes.subarray(list, list + TELLING))) return list;
  }
  return -1;
}

function isList(head: Buffer): boolean {
  if (head.length < TELLING) return false;
  const [length, files] = [head.readUInt32LE(0), head.readUInt32LE(4)];
  return files > 0 && length >= TELLING + files * FIXED && (head[8] ?? 0) >> 4 === VERSION;
}

/**
 * Files of an index, in the order of their contents.
 *
 * @param count called for each file; it may throw
 * @throws Unreadable damaged
 */
export function pharMembers(list: Buffer, count: () => void): PharMember[] {
  try {
    return readMembers(list, count);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Unreadable("damaged", "list", { cause: error });
  }
}

function readMembers(list: Buffer, count: () => void): PharMember[] {
  const files = list.readUInt32LE(0);
  // The archive's own name and metadata follow the version and the flags.
  let at = 10;
  at += 4 + list.readUInt32LE(at);
  at += 4 + list.readUInt32LE(at);
  const members: PharMember[] = [];
  for (let index = 0; index < files; index++) {
    count();
    const length = list.readUInt32LE(at);
    const name = list.toString("utf8", at + 4, at + 4 + length);
    const fields = at + 4 + length;
    const flags = list.readUInt32LE(fields + 16);
    at = fields + FIXED + list.readUInt32LE(fields + 20);
    members.push({ name, stored: list.readUInt32LE(fields + 8), packing: packingOf(flags) });
  }
  if (at > list.length) throw new Unreadable("damaged", "list");
  return members;
}

function packingOf(flags: number): PharMember["packing"] {
  if ((flags & FLAGS.deflate) !== 0) return "deflate";
  return (flags & FLAGS.bzip2) !== 0 ? "bzip2" : "none";
}
