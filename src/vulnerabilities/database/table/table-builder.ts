import { createHash } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import { bloomFilterOf, hashOf } from "./bloom-filter.ts";
import { RowText } from "./row-text.ts";
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

/** A window of a block and its dictionary, and no larger tables: node:zlib gives each back only when it likes. */
const DEFLATE = { level: 9, windowBits: 14, memLevel: 6, chunkSize: 4 * 1024 } as const;

/** Rows of a table as they are collected, in any order; written in one go. */
export class TableBuilder {
  /** By key, where its rows stand: a number each, of chunk and place and length. */
  readonly #rows = new Map<string, number[]>();
  /** The rows, outside of the heap: what is collected there, a collector of garbage copies again and again. */
  readonly #text = new RowText();

  /** The rows of several together. */
  static of(builders: readonly TableBuilder[]): TableBuilder {
    const all = new TableBuilder();
    for (const builder of builders) {
      for (const key of builder.#rows.keys()) for (const row of builder.#rowsOf(key)) all.add(key, row);
    }
    return all;
  }

  /**
   * @param row one line
   * @throws InvalidInputError vulnerability-rows
   */
  add(key: string, row: string): void {
    const place = this.#text.add(row, key.length);
    const known = this.#rows.get(key);
    if (known === undefined) this.#rows.set(key, [place]);
    else known.push(place);
  }

  /** Calls `write` with the pieces of the file, in their order. */
  write(about: Omit<TableAbout, "content">, write: (bytes: Uint8Array) => void): void {
    const keys = sortedByBytes([...this.#rows.keys()]);
    const head = Buffer.alloc(HEAD_BYTES);
    MAGIC.copy(head);
    head.writeUInt32LE(TABLE_FORMAT, MAGIC.length);
    write(head);
    const content = createHash("sha256");
    const dictionary = this.#dictionary(keys);
    const places: Buffer[] = [];
    const firstKeys: Buffer[] = [];
    let offset = HEAD_BYTES;
    let firstKeysEnd = 0;
    for (const { first, lines } of this.#blocks(keys)) {
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
      bloomFilterOf(keys.map(hashOf)),
      Buffer.concat(places),
      Buffer.concat(firstKeys),
    ]);
    write(index);
    write(footerOf(offset, index));
  }

  *#blocks(keys: readonly string[]): Generator<{ readonly first: string; readonly lines: Buffer }> {
    let first = "";
    let lines = "";
    for (const key of keys) {
      if (lines === "") first = key;
      lines += this.#linesOf(key);
      if (lines.length < BLOCK_BYTES) continue;
      yield { first, lines: Buffer.from(lines) };
      lines = "";
    }
    if (lines !== "") yield { first, lines: Buffer.from(lines) };
  }

  #linesOf(key: string): string {
    const rows = [...new Set(this.#rowsOf(key))].toSorted();
    return `=${key}\n${rows.join("\n")}\n`;
  }

  #rowsOf(key: string): readonly string[] {
    return (this.#rows.get(key) ?? []).map((place) => this.#text.at(place));
  }

  /** What blocks have in common: pieces from all over the table. */
  #dictionary(keys: readonly string[]): Buffer {
    const step = Math.max(1, Math.floor(keys.length / 128));
    let sample = "";
    for (let at = 0; at < keys.length && sample.length < DICTIONARY_BYTES; at += step) {
      sample += this.#linesOf(keys[at] ?? "").slice(0, 1_024);
    }
    return Buffer.from(sample).subarray(0, DICTIONARY_BYTES);
  }
}

/** The order of UTF-8, which is not that of UTF-16 where a key holds more than ASCII. */
function sortedByBytes(keys: readonly string[]): readonly string[] {
  if (keys.every((key) => /^[\x20-\x7e]*$/.test(key))) return keys.toSorted();
  const pairs = keys.map((key) => ({ key, bytes: Buffer.from(key) }));
  return pairs.toSorted((left, right) => left.bytes.compare(right.bytes)).map(({ key }) => key);
}

/** Each with its length before it. */
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
