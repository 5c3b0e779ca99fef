import { RowText } from "./row-text.ts";
import type { TableAbout } from "./table-format.ts";
import { writeSortedTable } from "./table-writer.ts";

/** Collects rows of a table in any order, and writes them at once. */
export class TableBuilder {
  /** Places of a key's rows: numbers that encode chunk, place and length. */
  readonly #rows = new Map<string, number[]>();
  /** Rows outside V8's heap, where garbage collection would copy them repeatedly. */
  readonly #text = new RowText();

  /** Builder with the rows of several builders. */
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

  /** Calls `write` with the pieces of the file, in order. */
  write(about: Omit<TableAbout, "content">, write: (bytes: Uint8Array) => void): void {
    const entries = sortedByBytes([...this.#rows.keys()]).map((key) => ({
      key,
      lines: () => this.#linesOf(key),
    }));
    writeSortedTable(about, () => entries, write);
  }

  #linesOf(key: string): string {
    const rows = [...new Set(this.#rowsOf(key))].toSorted();
    return `=${key}\n${rows.join("\n")}\n`;
  }

  #rowsOf(key: string): readonly string[] {
    return (this.#rows.get(key) ?? []).map((place) => this.#text.at(place));
  }
}

/**
 * Keys in the order of their UTF-8 bytes. For keys with non-ASCII characters, this differs from the order of
 * UTF-16.
 */
function sortedByBytes(keys: readonly string[]): readonly string[] {
  if (keys.every((key) => /^[\x20-\x7e]*$/.test(key))) return keys.toSorted();
  const pairs = keys.map((key) => ({ key, bytes: Buffer.from(key) }));
  return pairs.toSorted((left, right) => left.bytes.compare(right.bytes)).map(({ key }) => key);
}
