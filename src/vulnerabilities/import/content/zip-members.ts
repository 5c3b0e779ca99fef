import { closeSync, createReadStream, fstatSync, openSync } from "node:fs";
import { crc32, createInflateRaw } from "node:zlib";
import { FIXED, METHOD, SIGNATURE } from "../../../archives/zip/records.ts";
import { isDecompressionBomb } from "../../../contract/decompression-bomb.ts";
import { DouaneError } from "../../../contract/error.ts";
import { newInflater } from "../../../image/inflate/decompress.ts";
import { damagedArchive, tooMuch } from "./feed-errors.ts";
import { ReadWindow } from "./read-window.ts";
import { type ZipEntry, zipEntries } from "./zip-directory.ts";

/** Content of a file, an archive's member or a download, as a stream of bytes. */
export interface Content {
  readonly name: string;
  /** Group in messages: the archive, file or folder that the user named. */
  readonly group: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whole content, if small and available; valid until the next content is requested. */
  readonly whole?: Buffer;
}

/** Maximum size of a member that is unpacked as a whole, in bytes. */
const WHOLE_BYTES = 16 * 1024 ** 2;

/**
 * Members of a zip on disk, one after the other.
 *
 * @throws InvalidInputError feed-archive-damaged, feed-too-large
 */
export async function* zipMembers(path: string, name: string): AsyncGenerator<Content> {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const window = new ReadWindow(descriptor, size, name);
    for (const entry of zipEntries(descriptor, size, name)) {
      if (entry.name.endsWith("/") || entry.size === 0) continue;
      yield { ...contentOf(path, window, entry, `${name}!/${entry.name}`), group: name };
    }
  } finally {
    closeSync(descriptor);
  }
}

function contentOf(path: string, window: ReadWindow, entry: ZipEntry, name: string): Omit<Content, "group"> {
  const isDeflated = entry.method === METHOD.deflated;
  if (entry.isEncrypted || (!isDeflated && entry.method !== METHOD.stored)) {
    throw damagedArchive(name, entry.isEncrypted ? "encrypted" : `method ${entry.method}`);
  }
  const { size, compressedSize } = entry;
  if (isDecompressionBomb(size, compressedSize)) throw tooMuch(name, "expansionRatio");
  const start = dataOffset(window, entry, name);
  if (size > WHOLE_BYTES) return { name, bytes: inflated(path, start, entry, name) };
  const packed = window.at(start, compressedSize);
  const whole = isDeflated ? unpacked(packed, entry, name) : packed;
  if (whole.length !== size || crc32(whole) !== entry.crc32) throw damagedArchive(name, "CRC-32");
  return { name, whole, bytes: onePiece(whole) };
}

/**
 * Offset of a member's data: the local header has its own lengths of name and extra field, which may differ
 * from the directory's.
 */
function dataOffset(window: ReadWindow, { offset }: ZipEntry, name: string): number {
  const head = window.at(offset, FIXED.member);
  if (head.readUInt32LE() !== SIGNATURE.member) throw damagedArchive(name, "header");
  return offset + FIXED.member + head.readUInt16LE(26) + head.readUInt16LE(28);
}

/** Buffer for unpacked members, reused. */
let scratch = Buffer.alloc(0);

/**
 * Inflates a member with a reused decompressor, since creating a decompressor costs as much as most records.
 */
function unpacked(packed: Buffer, { size }: ZipEntry, name: string): Buffer {
  const inflater = newInflater("deflate");
  if (scratch.length < size) scratch = Buffer.allocUnsafeSlow(size);
  const whole = scratch.subarray(0, size);
  let [at, length] = [0, 0];
  let isWhole = false;
  try {
    while (at < packed.length || length < size) {
      const { consumed, produced } = inflater.write(packed, at);
      at += consumed;
      if (length + produced > size) throw damagedArchive(name, `> ${size} B`);
      whole.set(inflater.output.subarray(0, produced), length);
      length += produced;
      if (consumed === 0 && produced === 0) break;
    }
    isWhole = inflater.finish() && length === size && at === packed.length;
  } catch (error) {
    if (error instanceof DouaneError) throw error;
    throw damagedArchive(name, error instanceof Error ? error.message : "deflate");
  } finally {
    inflater.close(isWhole);
  }
  if (!isWhole) throw damagedArchive(name, `${length} ≠ ${size} B`);
  return whole;
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
