import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import { BlockInflater } from "./block-inflater.ts";
import { type KeyHash, mayHold } from "./bloom-filter.ts";
import {
  BLOCK_BYTES,
  damagedTable,
  FOOTER_BYTES,
  HEAD_BYTES,
  MAGIC,
  PLACE_BYTES,
  READABLE_FORMATS,
  type TableAbout,
  unreadableFormat,
} from "./table-format.ts";

/** Buffer for a block that was read and not inflated yet. */
const PACKED = Buffer.allocUnsafeSlow(4 * BLOCK_BYTES);

interface Index {
  readonly about: TableAbout;
  readonly blocks: BlockInflater;
  readonly filter: Buffer;
  readonly places: Buffer;
  readonly firstKeys: Buffer;
}

/** Table in a file. The index is read at the first query; each query then reads one block. */
export class SortedTable {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #size: number;
  #index: Index | undefined;

  /** @throws the system's own errors; InvalidInputError vulnerability-table-damaged */
  constructor(file: string, size: number) {
    this.#file = file;
    this.#descriptor = openSync(file, "r");
    this.#size = fstatSync(this.#descriptor).size;
    if (this.#size === size && size >= HEAD_BYTES + FOOTER_BYTES) return;
    this.close();
    throw damagedTable(file, `${this.#size} B ≠ ${size} B`);
  }

  get about(): TableAbout {
    return this.#opened.about;
  }

  /**
   * Rows of a key, one line each; empty if the key is missing.
   *
   * @throws InvalidInputError vulnerability-table-damaged
   */
  rows(key: string, hash: KeyHash): readonly string[] {
    const index = this.#opened;
    if (!mayHold(index.filter, hash)) return [];
    const block = blockOf(index, Buffer.from(key));
    return block < 0 ? [] : rowsOf(this.#lines(index, block), key);
  }

  /** All keys with their rows, in the order of the table. */
  *entries(): Generator<readonly [key: string, rows: readonly string[]]> {
    for (const { key, lines } of this.sections()) {
      const [, ...rows] = lines.split("\n");
      yield [key, rows.filter((row) => row !== "")];
    }
  }

  /**
   * All keys with their lines (key line and rows), in stored order; the reader verifies the order. One block
   * at a time is in memory.
   *
   * @throws InvalidInputError vulnerability-table-damaged
   */
  *sections(): Generator<{ readonly key: string; readonly lines: string }> {
    const index = this.#opened;
    const blocks = index.places.length / PLACE_BYTES;
    for (let block = 0; block < blocks; block++) {
      const lines = this.#lines(index, block);
      if (!lines.startsWith("=") || !lines.endsWith("\n")) throw damagedTable(this.#file, "=");
      for (let at = 0; at < lines.length; ) {
        const next = lines.indexOf("\n=", at);
        const end = next < 0 ? lines.length : next + 1;
        yield { key: lines.slice(at + 1, lines.indexOf("\n", at)), lines: lines.slice(at, end) };
        at = end;
      }
    }
  }

  close(): void {
    this.#index?.blocks.close();
    closeSync(this.#descriptor);
  }

  get #opened(): Index {
    return (this.#index ??= this.#readIndex());
  }

  #lines({ places, blocks }: Index, block: number): string {
    const at = block * PLACE_BYTES;
    const packed = this.#read(places.readUIntLE(at, 6), places.readUInt32LE(at + 6), PACKED);
    if (crc32(packed) !== places.readUInt32LE(at + 10)) throw damagedTable(this.#file, "CRC-32");
    try {
      return blocks.text(packed);
    } catch (error) {
      throw damagedTable(this.#file, error instanceof Error ? error.message : "deflate");
    }
  }

  #readIndex(): Index {
    const head = this.#read(0, HEAD_BYTES);
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw damagedTable(this.#file, "magic");
    const format = head.readUInt32LE(MAGIC.length);
    if (!READABLE_FORMATS.includes(format)) throw unreadableFormat(this.#file, format);
    const footer = this.#read(this.#size - FOOTER_BYTES, FOOTER_BYTES);
    if (!footer.subarray(16).equals(MAGIC) || footer.readUInt16LE(6) !== 0)
      throw damagedTable(this.#file, "footer");
    const bytes = this.#read(footer.readUIntLE(0, 6), footer.readUInt32LE(8));
    if (crc32(bytes) !== footer.readUInt32LE(12)) throw damagedTable(this.#file, "CRC-32");
    const [about, dictionary, filter, places, firstKeys] = sectionsOf(bytes);
    if (firstKeys === undefined || about === undefined) throw damagedTable(this.#file, "index");
    if (dictionary === undefined || filter === undefined || places === undefined) {
      throw damagedTable(this.#file, "index");
    }
    if (places.length % PLACE_BYTES !== 0) throw damagedTable(this.#file, "index");
    const blocks = new BlockInflater(dictionary, LIMITS.vulnerabilityBlockBytes);
    return { about: this.#aboutOf(about), blocks, filter, places, firstKeys };
  }

  #aboutOf(text: Buffer): TableAbout {
    try {
      return JSON.parse(text.toString("utf8"));
    } catch {
      throw damagedTable(this.#file, "JSON");
    }
  }

  /** @param into buffer to use and return, if it is long enough */
  #read(offset: number, length: number, into?: Buffer): Buffer {
    if (offset + length > this.#size) throw damagedTable(this.#file, `${offset} + ${length} > ${this.#size}`);
    const isEnough = into !== undefined && length <= into.length;
    const bytes = isEnough ? into.subarray(0, length) : Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (read === 0) throw damagedTable(this.#file, `${offset + done} / ${this.#size}`);
      done += read;
    }
    return bytes;
  }
}

function sectionsOf(bytes: Buffer): readonly Buffer[] {
  const sections: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    sections.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return sections;
}

/** Block that may contain a key: the last block whose first key is not greater. */
function blockOf({ places, firstKeys }: Index, key: Uint8Array): number {
  const view = new DataView(places.buffer, places.byteOffset, places.length);
  // Four of six bytes suffice: a section of the index is never longer.
  const endOf = (block: number) => (block < 0 ? 0 : view.getUint32(block * PLACE_BYTES + 14, true));
  let [low, high] = [0, Math.floor(places.length / PLACE_BYTES) - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (isBehind(firstKeys, endOf(middle - 1), endOf(middle), key)) high = middle - 1;
    else low = middle + 1;
  }
  return high;
}

/**
 * Whether a key is after another key, compared by bytes; a call of Buffer's comparison takes longer for such short
 * keys.
 */
function isBehind(keys: Uint8Array, start: number, end: number, key: Uint8Array): boolean {
  const length = Math.min(end - start, key.length);
  for (let at = 0; at < length; at++) {
    const order = (keys[start + at] ?? 0) - (key[at] ?? 0);
    if (order !== 0) return order > 0;
  }
  return end - start > key.length;
}

function rowsOf(lines: string, key: string): readonly string[] {
  const heading = `=${key}\n`;
  const at = lines.startsWith(heading) ? 0 : lines.indexOf(`\n${heading}`) + 1;
  if (at === 0 && !lines.startsWith(heading)) return [];
  const start = at + heading.length;
  const next = lines.indexOf("\n=", start - 1);
  return lines.slice(start, next < 0 ? lines.length - 1 : next).split("\n");
}
