/** Characters by which values are looked up; shorter values are never found. */
const ANCHOR = 4;
/** Length from which values are also looked up by their first FURTHER characters: lines often begin alike. */
const FURTHER = 16;
/**
 * Budget of character comparisons: PER_CHARACTER per character of a text, plus START. Only values with equal
 * beginnings exceed it.
 */
const [PER_CHARACTER, START] = [100, 1_000_000];

/** Offsets of a value in a text. */
export type ValueSpan = readonly [start: number, end: number];

type ByLength = readonly (readonly [length: number, values: ReadonlySet<string>])[];

/**
 * Finds known values in texts, in a time that depends on the text's length and not on the number of values.
 * Values that differ only at their ends could take longer: when the budget is exhausted, the rest of the text
 * counts as found.
 */
export class ValueIndex {
  /** Values by their beginning, then by length, longest first. */
  readonly #short: ReadonlyMap<string, ByLength>;
  readonly #long: ReadonlyMap<string, ByLength>;
  /** First ANCHOR characters of all values. */
  readonly #anchors: ReadonlySet<string>;

  constructor(values: Iterable<string>) {
    const all = [...new Set(values)].filter(({ length }) => length >= ANCHOR);
    this.#anchors = new Set(all.map((value) => value.slice(0, ANCHOR)));
    this.#short = byBeginning(
      all.filter(({ length }) => length < FURTHER),
      ANCHOR,
    );
    this.#long = byBeginning(
      all.filter(({ length }) => length >= FURTHER),
      FURTHER,
    );
  }

  /** The longest value at each offset where a value begins; spans may overlap. */
  spans(text: string): readonly ValueSpan[] {
    const found: ValueSpan[] = [];
    if (this.#anchors.size === 0) return found;
    const budget = { left: START + PER_CHARACTER * text.length };
    for (let start = 0; start + ANCHOR <= text.length; start += 1) {
      const anchor = text.slice(start, start + ANCHOR);
      if (!this.#anchors.has(anchor)) continue;
      const length =
        longestAt(text, start, this.#long.get(text.slice(start, start + FURTHER)), budget) ??
        longestAt(text, start, this.#short.get(anchor), budget);
      if (budget.left < 0) return [...found, [start, text.length]];
      if (length !== undefined) found.push([start, start + length]);
    }
    return found;
  }
}

function byBeginning(values: readonly string[], length: number): ReadonlyMap<string, ByLength> {
  const groups = Map.groupBy(values, (value) => value.slice(0, length));
  return new Map([...groups].map(([beginning, all]) => [beginning, byLength(all)]));
}

function byLength(values: readonly string[]): ByLength {
  const groups = [...Map.groupBy(values, ({ length }) => length)].toSorted(([a], [b]) => b - a);
  return groups.map(([length, all]) => [length, new Set(all)]);
}

function longestAt(
  text: string,
  start: number,
  values: ByLength = [],
  budget: { left: number },
): number | undefined {
  for (const [length, known] of values) {
    if (start + length > text.length) continue;
    budget.left -= length;
    if (budget.left < 0) return undefined;
    if (known.has(text.slice(start, start + length))) return length;
  }
  return undefined;
}
