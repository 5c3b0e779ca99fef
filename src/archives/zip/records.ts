// The records of a zip (PKWARE's APPNOTE 6.3): a local header before each member, and a directory at the end,
// from which readers take the members.

import { Unreadable } from "../content/unreadable.ts";

export const SIGNATURE = {
  member: 0x04034b50,
  directory: 0x02014b50,
  descriptor: 0x08074b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
} as const;

/** Bytes of the records' fixed parts, signature included. */
export const FIXED = { member: 30, directory: 46, zip64End: 12, zip64Locator: 20, end: 22 } as const;

export const METHOD = { stored: 0, deflated: 8 } as const;

/** Member as described by a header, local or in the directory. */
export interface ZipMember {
  /** Name as written, one character per byte. */
  readonly rawName: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Whether the sizes follow the content (bit 3). */
  readonly hasDescriptor: boolean;
  readonly isUtf8: boolean;
  readonly compressedSize: number;
  readonly size: number;
  readonly isZip64: boolean;
}

/** Member of a local header (APPNOTE 4.3.7). `record`: with name and extra field. */
export function localMember(record: Buffer): ZipMember {
  const nameLength = record.readUInt16LE(26);
  return member(record, { flags: 6, method: 8, sizes: 18, name: 30, extra: 30 + nameLength }, nameLength);
}

/**
 * Member of the directory (APPNOTE 4.3.12), and the offset of its local header.
 *
 * @param record bytes of the entry, with name, extra field and comment
 */
export function directoryMember(record: Buffer): { readonly member: ZipMember; readonly offset: number } {
  const nameLength = record.readUInt16LE(28);
  const extra = 46 + nameLength;
  const read = member(record, { flags: 8, method: 10, sizes: 20, name: 46, extra }, nameLength);
  const offset = record.readUInt32LE(42);
  if (offset !== NONE) return { member: read, offset };
  const sizes = [24, 20].filter((at) => record.readUInt32LE(at) === NONE).length;
  return { member: read, offset: zip64(record, extra, record.readUInt16LE(30))?.[sizes] ?? offset };
}

/** Number of bytes after the fixed part of a member's header in the directory. */
export function directoryTail(record: Buffer): number {
  return record.readUInt16LE(28) + record.readUInt16LE(30) + record.readUInt16LE(32);
}

interface Layout {
  readonly flags: number;
  readonly method: number;
  readonly sizes: number;
  readonly name: number;
  readonly extra: number;
}

/** Mark for a size or an offset that is in the extra field. */
const NONE = 0xffff_ffff;

function member(record: Buffer, at: Layout, nameLength: number): ZipMember {
  const flags = record.readUInt16LE(at.flags);
  const compressed = record.readUInt32LE(at.sizes);
  const size = record.readUInt32LE(at.sizes + 4);
  const extraLength = record.readUInt16LE(at.name === 30 ? 28 : 30);
  const long = zip64(record, at.extra, extraLength);
  const [first, second] = long ?? [];
  return {
    rawName: record.toString("latin1", at.name, at.name + nameLength),
    method: record.readUInt16LE(at.method),
    isEncrypted: (flags & 1) !== 0,
    hasDescriptor: (flags & 8) !== 0,
    isUtf8: (flags & 0x800) !== 0,
    size: size === NONE ? (first ?? size) : size,
    compressedSize: compressed === NONE ? ((size === NONE ? second : first) ?? compressed) : compressed,
    isZip64: long !== undefined,
  };
}

/** Numbers of the extra field (APPNOTE 4.5.3) that did not fit into the record, in order. */
function zip64(record: Buffer, from: number, length: number): readonly number[] | undefined {
  const end = Math.min(from + length, record.length);
  for (let at = from; at + 4 <= end; ) {
    const size = record.readUInt16LE(at + 2);
    const stop = at + 4 + size;
    if (stop > end) return undefined;
    if (record.readUInt16LE(at) === 1) return numbers(record.subarray(at + 4, stop));
    at = stop;
  }
  return undefined;
}

function numbers(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) found.push(toNumber(bytes.readBigUInt64LE(at)));
  return found;
}

/** The value as a number. @throws Unreadable damaged */
export function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Unreadable("damaged");
  return Number(value);
}

/** Text of the fields that directory and local header must share for readers that use the directory. */
export function identityOf({ rawName, method, isEncrypted }: ZipMember, sizes: Sizes): string {
  return `${method} ${isEncrypted} ${sizes.compressedSize} ${sizes.size} ${rawName}`;
}

export type Sizes = Pick<ZipMember, "compressedSize" | "size">;

/** Name as text (APPNOTE 4.4.17); older tools write it in the encoding of their machine. */
export function nameOf({ rawName, isUtf8 }: ZipMember): string {
  const bytes = Buffer.from(rawName, "latin1");
  const text = bytes.toString("utf8");
  return isUtf8 || !text.includes("\u{FFFD}") ? text : rawName;
}
