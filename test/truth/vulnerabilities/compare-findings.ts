import type { Expected } from "./matcher.ts";
import type { OsvRecord } from "./osv-records.ts";

/** A finding of `douane vulns scan --format json`. */
export interface Finding {
  readonly purl: string;
  readonly id: string;
  readonly aliases: readonly string[];
  readonly uncertain?: string | null;
}

export interface Score {
  /** Certain findings that the matcher has, too; that it has not; and what is not named. */
  right: number;
  wrong: number;
  missed: number;
  /** Uncertain findings: where the matcher is certain, where it cannot tell, and where no record affects. */
  doubted: number;
  untold: number;
  doubtedForNothing: number;
  /** Records of which the matcher cannot tell, and of which nothing is said. */
  silent: number;
  readonly examples: string[];
}

const EXAMPLES = 5;

/** Vulnerabilities by the names that records share (`aliases`, `upstream`). */
export class SharedNames {
  readonly #parents = new Map<string, string>();

  constructor(records: readonly OsvRecord[]) {
    for (const { id, aliases, upstream } of records) {
      for (const name of [...(aliases ?? []), ...(upstream ?? [])])
        this.#parents.set(this.of(name), this.of(id));
    }
  }

  of(name: string): string {
    let known = name;
    for (
      let above = this.#parents.get(known);
      above !== undefined && above !== known;
      above = this.#parents.get(known)
    )
      known = above;
    return known;
  }
}

export function emptyScore(): Score {
  return {
    right: 0,
    wrong: 0,
    missed: 0,
    doubted: 0,
    untold: 0,
    doubtedForNothing: 0,
    silent: 0,
    examples: [],
  };
}

/** Counts the findings of one component. */
export function compareFindings(
  score: Score,
  purl: string,
  { affects, untold }: Expected,
  findings: readonly Finding[],
  names: SharedNames,
): void {
  const expected = new Set([...affects].map((id) => names.of(id)));
  const open = without(
    [...untold].map((id) => names.of(id)),
    expected,
  );
  const named = (isCertain: boolean) =>
    findings
      .filter(({ uncertain }) => (uncertain === undefined || uncertain === null) === isCertain)
      .map(({ id, aliases }) =>
        pick(
          [id, ...aliases].map((one) => names.of(one)),
          expected,
          open,
        ),
      );
  const certain = new Set(named(true));
  const doubted = without(named(false), certain);
  score.right += within(certain, expected);
  score.doubted += within(doubted, expected);
  score.untold += within(doubted, open) + within(certain, open);
  score.doubtedForNothing += without(without(doubted, expected), open).size;
  const wrong = without(without(certain, expected), open);
  const missed = without(without(expected, certain), doubted);
  const silent = without(without(open, certain), doubted);
  score.wrong += wrong.size;
  score.missed += missed.size;
  score.silent += silent.size;
  const unsure = [...doubted].filter((one) => expected.has(one));
  for (const [what, ids] of Object.entries({ wrong, missed, doubted: unsure, silent })) {
    for (const id of ids) if (score.examples.length < EXAMPLES) score.examples.push(`${what}: ${purl} ${id}`);
  }
}

function without(some: Iterable<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...some].filter((one) => !others.has(one)));
}

function within(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...some].filter((one) => others.has(one)).length;
}

/** The name by which a finding is expected, else its first. */
function pick(all: readonly string[], expected: ReadonlySet<string>, open: ReadonlySet<string>): string {
  return all.find((one) => expected.has(one)) ?? all.find((one) => open.has(one)) ?? all[0] ?? "";
}

/** F1 of certain findings: a vulnerability that is only doubted counts as missed. */
export function f1Of({ right, wrong, missed, doubted }: Score): number {
  const all = 2 * right + wrong + missed + doubted;
  return all === 0 ? 1 : (2 * right) / all;
}
