import { readSync } from "node:fs";
import {
  directoryMember,
  directoryTail,
  FIXED,
  nameOf,
  SIGNATURE,
  toNumber,
} from "../../../archives/zip/records.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { damagedArchive, tooMuch } from "./feed-errors.ts";

/** A member in the directory of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  /** Offset of the member's local header. */
  readonly offset: number;
}

/** Bytes at the end of a zip in which the end of its directory is searched, since a comment may follow. */
const TAIL_BYTES = FIXED.end + 0xffff;
/** Size of the zip64 end of the central directory (APPNOTE 4.3.14), and offsets of its fields. */
const ZIP64_END_BYTES = 56;

/**
 * Members of a zip on disk, from its directory, in the order of their offsets. Members that share bytes, as
 * in zip bombs, are refused.
 *
 * @throws InvalidInputError feed-archive-damaged, feed-too-large
 */
export function zipEntries(descriptor: number, size: number, name: string): readonly ZipEntry[] {
  const { count, offset, length } = directoryOf(descriptor, size, name);
  if (count > LIMITS.vulnerabilityArchiveEntries) throw tooMuch(name, "vulnerabilityArchiveEntries");
  if (offset + length > size || length < count * FIXED.directory) throw damagedArchive(name, "directory");
  const entries: ZipEntry[] = [];
  const bytes = read(descriptor, offset, length, name);
  for (let at = 0; at + FIXED.directory <= length; ) {
    const head = bytes.subarray(at, at + FIXED.directory);
    if (head.readUInt32LE() !== SIGNATURE.directory) throw damagedArchive(name, "directory");
    const end = at + FIXED.directory + directoryTail(head);
    const { member, offset: place } = directoryMember(bytes.subarray(at, end));
    const { method, isEncrypted, compressedSize } = member;
    const crc32 = head.readUInt32LE(16);
    entries.push({
      name: nameOf(member),
      method,
      isEncrypted,
      compressedSize,
      size: member.size,
      crc32,
      offset: place,
    });
    at = end;
  }
  if (entries.length !== count) throw damagedArchive(name, `${entries.length} ≠ ${count}`);
  const sorted = entries.toSorted((left, right) => left.offset - right.offset);
  verifyApart(sorted, offset, name);
  return sorted;
}

function verifyApart(entries: readonly ZipEntry[], directory: number, name: string): void {
  let unpacked = 0;
  for (const [index, entry] of entries.entries()) {
    const next = entries[index + 1]?.offset ?? directory;
    if (entry.offset + FIXED.member + entry.compressedSize > next)
      throw damagedArchive(name, "members overlap");
    unpacked += entry.size;
  }
  if (unpacked > LIMITS.vulnerabilityUnpackedBytes) throw tooMuch(name, "vulnerabilityUnpackedBytes");
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

function directoryOf(descriptor: number, size: number, name: string): Directory {
  const tailLength = Math.min(size, TAIL_BYTES);
  const tail = read(descriptor, size - tailLength, tailLength, name);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(SIGNATURE.end);
  const at = tail.lastIndexOf(signature);
  if (at < 0 || at + FIXED.end > tail.length) throw damagedArchive(name, "EOF");
  const locator = at - FIXED.zip64Locator;
  const isZip64 = locator >= 0 && tail.readUInt32LE(locator) === SIGNATURE.zip64Locator;
  if (!isZip64) {
    return {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    };
  }
  const place = safe(tail.readBigUInt64LE(locator + 8), name);
  if (place + ZIP64_END_BYTES > size) throw damagedArchive(name, "zip64");
  const end = read(descriptor, place, ZIP64_END_BYTES, name);
  if (end.readUInt32LE() !== SIGNATURE.zip64End) throw damagedArchive(name, "zip64");
  return {
    count: safe(end.readBigUInt64LE(32), name),
    length: safe(end.readBigUInt64LE(40), name),
    offset: safe(end.readBigUInt64LE(48), name),
  };
}

function safe(value: bigint, name: string): number {
  try {
    return toNumber(value);
  } catch {
    throw damagedArchive(name, "zip64");
  }
}

/**
 * @param bytes buffer that is filled from its beginning
 * @throws InvalidInputError feed-archive-damaged
 */
export function read(
  descriptor: number,
  offset: number,
  length: number,
  name: string,
  bytes = Buffer.allocUnsafe(length),
): Buffer {
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done);
    if (count === 0) throw damagedArchive(name, "EOF");
    done += count;
  }
  return bytes;
}
