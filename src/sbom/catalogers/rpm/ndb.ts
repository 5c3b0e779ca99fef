import type { KeptFile } from "./kept-file.ts";

// rpm's own database format ("ndb", lib/backend/ndb/rpmpkg.c): a table of slots, each of which refers to the
// blocks of a package's header; all numbers are little-endian.

export const NDB_MAGIC = Buffer.from("RpmP", "latin1");

const VERSION = 0;
const SLOT_PAGE_BYTES = 4_096;
const SLOT_BYTES = 16;
/** Index of the first slot; the file's header occupies the place of two slots. */
const FIRST_SLOT = 2;
const BLOCK_BYTES = 16;
/** Bytes of free space examined at a time. */
const FREE_BYTES = 64 * 1024;
const BLOB_HEAD_BYTES = 16;
/** Bytes at a blob's end: checksum, length and mark. */
const BLOB_TAIL_BYTES = 12;
const SLOT = "Slot";
const BLOB_BEGIN = "BlbS";
const BLOB_END = "BlbE";

interface Slot {
  /** Index of the package. */
  readonly index: number;
  /** Offset and length in bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Header of each package, valid until the next. @throws Error if the file is damaged or truncated */
export function* ndbBlobs(file: KeptFile): Generator<Buffer> {
  const head = file.read(0, SLOT_PAGE_BYTES);
  if (head.readUInt32LE(4) !== VERSION) throw new Error("another version");
  const slotBytes = head.readUInt32LE(12) * SLOT_PAGE_BYTES;
  if (slotBytes > file.size) throw new Error("slots are missing");
  const used = slots(file, slotBytes).toArray();
  let free = slotBytes;
  // Pages are read in file order, so that overlapping blocks, which would make a small file large, are
  // detected.
  for (const { offset, length } of used.toSorted((one, other) => one.offset - other.offset)) {
    if (offset < free) throw new Error("blocks of two packages");
    assertFree(file, free, offset);
    free = offset + length;
  }
  assertFree(file, free, file.size);
  for (const slot of used) yield blobAt(file, slot);
}

function* slots(file: KeptFile, length: number): Generator<Slot> {
  for (let at = FIRST_SLOT * SLOT_BYTES; at < length; at += SLOT_BYTES) {
    const slot = file.read(at, SLOT_BYTES);
    if (slot.toString("latin1", 0, 4) !== SLOT) throw new Error("no slot where one is");
    const index = slot.readUInt32LE(4);
    if (index === 0) continue;
    yield { index, offset: slot.readUInt32LE(8) * BLOCK_BYTES, length: slot.readUInt32LE(12) * BLOCK_BYTES };
  }
}

/** Asserts that the bytes are free. rpm overwrites removed packages, so other content is a lost package. */
function assertFree(file: KeptFile, from: number, to: number): void {
  for (let at = from; at < to; at += FREE_BYTES) {
    const bytes = file.read(at, Math.min(FREE_BYTES, to - at));
    for (let found = bytes.indexOf(BLOB_BEGIN); found >= 0; found = bytes.indexOf(BLOB_BEGIN, found + 1)) {
      if (found % BLOCK_BYTES === 0) throw new Error("a package without a slot");
    }
  }
}

function blobAt(file: KeptFile, { offset, length, index }: Slot): Buffer {
  const bytes = file.read(offset, length);
  const tail = length - BLOB_TAIL_BYTES;
  if (tail < BLOB_HEAD_BYTES || bytes.toString("latin1", 0, 4) !== BLOB_BEGIN) throw new Error("no package");
  const size = bytes.readUInt32LE(12);
  const isWhole =
    bytes.readUInt32LE(4) === index &&
    bytes.readUInt32LE(tail + 4) === size &&
    bytes.toString("latin1", tail + 8) === BLOB_END &&
    bytes.readUInt32LE(tail) === adler32(bytes.subarray(0, tail));
  if (!isWhole || BLOB_HEAD_BYTES + size > tail) throw new Error("a package that is damaged");
  return bytes.subarray(BLOB_HEAD_BYTES, BLOB_HEAD_BYTES + size);
}

/** Adler-32 checksum (RFC 1950, 8.2). */
function adler32(bytes: Buffer): number {
  const MODULUS = 65_521;
  let low = 1;
  let high = 0;
  for (let at = 0; at < bytes.length; ) {
    // Chunks of 5,552 bytes, within which neither sum can exceed 2^32.
    const end = Math.min(at + 5_552, bytes.length);
    for (; at < end; at++) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return high * 65_536 + low;
}
