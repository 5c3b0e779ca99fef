import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { SortedTable } from "./sorted-table.ts";
import { TableBuilder } from "./table-builder.ts";
import type { TableAbout } from "./table-format.ts";
import { type SortedEntries, writeSortedTable } from "./table-writer.ts";

// A delta is a table itself: all rows of each changed key, and no rows for a removed key.

interface Section {
  /** Key in UTF-8. */
  readonly key: Buffer;
  readonly lines: string;
}

/**
 * Delta that turns `older` into `newer`.
 *
 * @throws InvalidInputError vulnerability-rows, vulnerability-table-damaged, vulnerability-delta-malformed
 */
export function deltaBetween(
  older: SortedTable,
  newer: SortedTable,
): { readonly rows: TableBuilder; readonly keys: number } {
  const rows = new TableBuilder();
  let keys = 0;
  for (const [before, after] of paired(inOrder(older, new Budget()), inOrder(newer, new Budget()))) {
    if (before?.lines === after?.lines) continue;
    keys++;
    const key = (after ?? before)?.key.toString("utf8") ?? "";
    if (after === undefined) rows.add(key, "");
    else for (const row of after.lines.slice(`=${key}\n`.length, -1).split("\n")) rows.add(key, row);
  }
  return { rows, keys };
}

/**
 * Table with deltas applied; later deltas override earlier ones. The table is written without being held in
 * memory.
 */
export class PatchedTable {
  readonly #base: SortedTable;
  readonly #deltas: readonly SortedTable[];
  readonly #characters: number;

  /**
   * @param deltas deltas in the order in which they were made
   * @param characters bound for all tables together
   */
  constructor(
    base: SortedTable,
    deltas: readonly SortedTable[],
    characters: number = LIMITS.vulnerabilityRowCharacters,
  ) {
    this.#base = base;
    this.#deltas = deltas;
    this.#characters = characters;
  }

  /** @throws InvalidInputError vulnerability-table-damaged, vulnerability-delta-malformed */
  write(about: Omit<TableAbout, "content">, write: (bytes: Uint8Array) => void): void {
    writeSortedTable(about, this.#entries, write);
  }

  readonly #entries: SortedEntries = () => {
    const budget = new Budget(this.#characters);
    return presentOnly(
      this.#deltas.reduce<Iterable<Section>>(
        (older, delta) => overlaid(older, inOrder(delta, budget)),
        inOrder(this.#base, budget),
      ),
    );
  };
}

function* presentOnly(sections: Iterable<Section>) {
  for (const { key, lines } of sections) {
    const text = key.toString("utf8");
    if (lines.length > `=${text}\n\n`.length) yield { key: text, lines: () => lines };
  }
}

function* overlaid(older: Iterable<Section>, newer: Iterable<Section>): Generator<Section> {
  for (const [before, after] of paired(older, newer)) {
    const section = after ?? before;
    if (section !== undefined) yield section;
  }
}

/** Sections of both tables paired by key, in key order. */
function* paired(
  left: Iterable<Section>,
  right: Iterable<Section>,
): Generator<readonly [Section | undefined, Section | undefined]> {
  const [lefts, rights] = [left[Symbol.iterator](), right[Symbol.iterator]()];
  let [one, other] = [lefts.next(), rights.next()];
  while (one.done !== true || other.done !== true) {
    const order = orderOf(one, other);
    yield [order <= 0 ? one.value : undefined, order >= 0 ? other.value : undefined];
    if (order <= 0) one = lefts.next();
    if (order >= 0) other = rights.next();
  }
}

function orderOf(one: IteratorResult<Section, undefined>, other: IteratorResult<Section, undefined>): number {
  if (one.done === true) return 1;
  return other.done === true ? -1 : one.value.key.compare(other.value.key);
}

/** Characters that may still be read, since a small malicious delta could expand without bound. */
class Budget {
  readonly #limit: number;
  #left: number;

  constructor(limit: number = LIMITS.vulnerabilityRowCharacters) {
    this.#limit = limit;
    this.#left = limit;
  }

  spend(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw malformedDelta(`vulnerabilityRowCharacters ${this.#limit}`);
  }
}

function* inOrder(table: SortedTable, budget: Budget): Generator<Section, undefined> {
  let before: Buffer | undefined;
  for (const { key: text, lines } of table.sections()) {
    const key = Buffer.from(text);
    budget.spend(lines.length);
    if (before !== undefined && before.compare(key) >= 0) throw malformedDelta("order");
    before = key;
    yield { key, lines };
  }
  return undefined;
}

function malformedDelta(what: string): InvalidInputError {
  return new InvalidInputError("vulnerability-delta-malformed", {
    fr: `Un delta de données de vulnérabilités est malformé (${what}).`,
    en: `A delta of vulnerability data is malformed (${what}).`,
  });
}
