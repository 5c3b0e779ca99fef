import { createHash } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import { bloomFilterOf, hashOf, type KeyHash } from "./bloom-filter.ts";
import {
  BLOCK_BYTES,
  DICTIONARY_BYTES,
  FOOTER_BYTES,
  HEAD_BYTES,
  MAGIC,
  PLACE_BYTES,
  TABLE_FORMAT,
  type TableAbout,
} from "./table-format.ts";

/**
 * Options of deflate: a window for one block and its dictionary, and small tables, since node:zlib is slow to
 * free memory.
 */
const DEFLATE = { level: 9, windowBits: 14, memLevel: 6, chunkSize: 4 * 1024 } as const;

/** A key with its rows. */
interface SortedEntry {
  readonly key: string;
  /** Lines of the entry: `=key`, then the rows, sorted. */
  readonly lines: () => string;
}

/** Entries in the byte order of their keys, each key once; iterated several times. */
export type SortedEntries = () => Iterable<SortedEntry>;

/**
 * Calls `write` with the pieces of a table's file, in order. The same entries and `about` give the same
 * bytes, wherever the entries come from, as long as zlib is the same.
 */
export function writeSortedTable(
  about: Omit<TableAbout, "content">,
  entries: SortedEntries,
  write: (bytes: Uint8Array) => void,
): void {
  const head = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(head);
  head.writeUInt32LE(TABLE_FORMAT, MAGIC.length);
  write(head);
  const content = createHash("sha256");
  const hashes: KeyHash[] = [];
  for (const { key } of entries()) hashes.push(hashOf(key));
  const dictionary = dictionaryOf(entries, hashes.length);
  const places: Buffer[] = [];
  const firstKeys: Buffer[] = [];
  let offset = HEAD_BYTES;
  let firstKeysEnd = 0;
  for (const { first, lines } of blocksOf(entries)) {
    content.update(lines);
    const packed = deflateRawSync(lines, {
      ...DEFLATE,
      ...(dictionary.length === 0 ? {} : { dictionary }),
    });
    const firstKey = Buffer.from(first);
    firstKeysEnd += firstKey.length;
    const place = Buffer.alloc(PLACE_BYTES);
    place.writeUIntLE(offset, 0, 6);
    place.writeUInt32LE(packed.length, 6);
    place.writeUInt32LE(crc32(packed), 10);
    place.writeUIntLE(firstKeysEnd, 14, 6);
    places.push(place);
    firstKeys.push(firstKey);
    write(packed);
    offset += packed.length;
  }
  const whole: TableAbout = { ...about, content: content.digest("hex") };
  const index = sectionsOf([
    Buffer.from(JSON.stringify(whole)),
    dictionary,
    bloomFilterOf(hashes),
    Buffer.concat(places),
    Buffer.concat(firstKeys),
  ]);
  write(index);
  write(footerOf(offset, index));
}

function* blocksOf(entries: SortedEntries): Generator<{ readonly first: string; readonly lines: Buffer }> {
  let first = "";
  let lines = "";
  for (const entry of entries()) {
    if (lines === "") first = entry.key;
    lines += entry.lines();
    if (lines.length < BLOCK_BYTES) continue;
    yield { first, lines: Buffer.from(lines) };
    lines = "";
  }
  if (lines !== "") yield { first, lines: Buffer.from(lines) };
}

/** Compression dictionary for the blocks: samples from the whole table. */
function dictionaryOf(entries: SortedEntries, keys: number): Buffer {
  const step = Math.max(1, Math.floor(keys / 128));
  let sample = "";
  let at = 0;
  for (const { lines } of entries()) {
    if (at++ % step !== 0) continue;
    sample += lines().slice(0, 1_024);
    if (sample.length >= DICTIONARY_BYTES) break;
  }
  return Buffer.from(sample).subarray(0, DICTIONARY_BYTES);
}

/** Sections, each preceded by its length. */
function sectionsOf(sections: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    sections.flatMap((section) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(section.length);
      return [length, section];
    }),
  );
}

function footerOf(offset: number, index: Uint8Array): Buffer {
  const footer = Buffer.alloc(FOOTER_BYTES);
  footer.writeUIntLE(offset, 0, 6);
  footer.writeUInt32LE(index.length, 8);
  footer.writeUInt32LE(crc32(index), 12);
  MAGIC.copy(footer, 16);
  return footer;
}
