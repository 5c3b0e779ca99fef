import { closeSync, createReadStream, fstatSync, openSync } from "node:fs";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import { FIXED, METHOD, SIGNATURE } from "../../../image/archives/zip/records.ts";
import { damagedArchive, tooMuch } from "../feed-errors.ts";
import { read, type ZipEntry, zipEntries } from "./zip-directory.ts";

/** What stands in a file, an archive's member or a download: bytes, as they come. */
export interface Content {
  readonly name: string;
  /** What it belongs with: its archive, or the file or folder that was named. */
  readonly group: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** All of it, where it is small and at hand. */
  readonly whole?: Buffer;
}

/** A member is unpacked in one go up to here. */
const WHOLE_BYTES = 16 * 1024 ** 2;

/**
 * The members of a zip that lies on the disk, one after the other.
 *
 * @throws InvalidInputError feed-archive-damaged, feed-too-large
 */
export async function* zipMembers(path: string, name: string): AsyncGenerator<Content> {
  const descriptor = openSync(path, "r");
  try {
    for (const entry of zipEntries(descriptor, fstatSync(descriptor).size, name)) {
      if (entry.name.endsWith("/") || entry.size === 0) continue;
      yield { ...contentOf(path, descriptor, entry, `${name}!/${entry.name}`), group: name };
    }
  } finally {
    closeSync(descriptor);
  }
}

function contentOf(path: string, descriptor: number, entry: ZipEntry, name: string): Omit<Content, "group"> {
  const isDeflated = entry.method === METHOD.deflated;
  if (entry.isEncrypted || (!isDeflated && entry.method !== METHOD.stored)) {
    throw damagedArchive(name, entry.isEncrypted ? "encrypted" : `method ${entry.method}`);
  }
  const { size, compressedSize } = entry;
  const isBomb = size > LIMITS.expansionFloorBytes && size > compressedSize * LIMITS.expansionRatio;
  if (isBomb) throw tooMuch(name, "expansionRatio");
  const start = dataOffset(descriptor, entry, name);
  if (size > WHOLE_BYTES) return { name, bytes: inflated(path, start, entry, name) };
  const packed = read(descriptor, start, compressedSize, name);
  const whole = isDeflated ? unpacked(packed, entry, name) : packed;
  if (whole.length !== size || crc32(whole) !== entry.crc32) throw damagedArchive(name, "CRC-32");
  return { name, whole, bytes: onePiece(whole) };
}

/** The local header says again how long name and extra field are, and need not agree. */
function dataOffset(descriptor: number, { offset }: ZipEntry, name: string): number {
  const head = read(descriptor, offset, FIXED.member, name);
  if (head.readUInt32LE() !== SIGNATURE.member) throw damagedArchive(name, "header");
  return offset + FIXED.member + head.readUInt16LE(26) + head.readUInt16LE(28);
}

function unpacked(packed: Buffer, { size }: ZipEntry, name: string): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch (error) {
    throw damagedArchive(name, error instanceof Error ? error.message : "deflate");
  }
}

async function* inflated(path: string, start: number, entry: ZipEntry, name: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { start, end: start + entry.compressedSize - 1 });
  const stream =
    entry.method === METHOD.deflated ? file.pipe(createInflateRaw({ chunkSize: 1024 ** 2 })) : file;
  file.on("error", (error) => stream.destroy(error));
  let [bytes, sum] = [0, 0];
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > entry.size) throw damagedArchive(name, `> ${entry.size} B`);
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw damagedArchive(name, String(error.code));
    }
    throw error;
  } finally {
    file.destroy();
  }
  if (bytes !== entry.size || sum !== entry.crc32) throw damagedArchive(name, "CRC-32");
}

async function* onePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
