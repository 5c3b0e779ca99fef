import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { Score } from "../compare.ts";
import { type Cell, TRIED_ROWS, type TriedRow } from "./application.ts";
import { APPLICATIONS } from "./applications.ts";
import { scoreOfCell } from "./score.ts";

/** douane's answers about one application. */
export interface Result {
  readonly name: string;
  /** Day of the run: `2026-11-30`. */
  readonly on: string;
  /** Answers; none without a verdict. */
  readonly answers: Readonly<Partial<Record<TriedRow, Answer>>>;
}

/** Results of the last run with --write, from which the page can be written without a new run. */
const FILE = join(import.meta.dirname, "results.json");
const PAGE = join(import.meta.dirname, "..", "..", "..", "docs", "truth.md");
const TITLE = "## Trials of real applications";
const COLUMNS = ["right", "wrong yes", "wrong no", "unsettled", "confused"] as const;

function recordedResults(): readonly Result[] {
  const results = JSON.parse(readFileSync(FILE, "utf8")) as readonly Result[];
  return APPLICATIONS.flatMap(({ name }) => results.filter((one) => one.name === name));
}

/** A run of some applications changes theirs alone. */
export function recordResults(found: readonly Result[]): void {
  const others = recordedResults().filter(({ name }) => !found.some((one) => one.name === name));
  const all = [...others, ...found];
  const sorted = APPLICATIONS.flatMap(({ name }) => all.filter((one) => one.name === name));
  writeFileSync(FILE, `${JSON.stringify(sorted, undefined, 2)}\n`);
  const page = readFileSync(PAGE, "utf8");
  const start = page.indexOf(TITLE);
  writeFileSync(PAGE, `${start < 0 ? `${page}\n` : page.slice(0, start)}${trialsSection()}\n`);
}

/** The section of docs/truth.md. */
export function trialsSection(): string {
  const results = recordedResults();
  return [
    TITLE,
    "",
    "Written by `npm run truth -- trials --write`: applications of Debian and npm, run by `douane trial`, against what was seen of each by hand with runc and the kernel alone ([`test/truth/trials`](../test/truth/trials)). A cell that nothing could settle is right when it is `unproven`.",
    "",
    `Tried ${daysOf(results)}.`,
    "",
    trialsTable(results),
    "",
    `| application | ${TRIED_ROWS.join(" | ")} |`,
    `|---|${TRIED_ROWS.map(() => "---").join("|")}|`,
    ...APPLICATIONS.map((application) => {
      const result = results.find(({ name }) => name === application.name);
      const cells = TRIED_ROWS.map((row) => shownCell(application.expect[row], result, row));
      return `| ${application.name}: ${application.about} | ${cells.join(" | ")} |`;
    }),
  ].join("\n");
}

/** First and last day of the runs: `on 2026-11-30`. */
function daysOf(results: readonly Result[]): string {
  const days = results.map(({ on }) => on).toSorted();
  const [first, last] = [days.at(0), days.at(-1)];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

function shownCell(cell: Cell | undefined, result: Result | undefined, row: TriedRow): string {
  if (cell === undefined) return "";
  if (result === undefined) return `${cell.answer} (not tried)`;
  const score = scoreOfCell(cell, result.answers[row]);
  return score === "right" ? cell.answer : `${cell.answer}, but **${score}**`;
}

export function trialsTable(results: readonly Result[]): string {
  const counts = TRIED_ROWS.map((row) => COLUMNS.map((score) => countOf(results, [row], score)));
  const sums = COLUMNS.map((score) => countOf(results, TRIED_ROWS, score));
  return [
    `${results.length} applications.`,
    "",
    `| row | ${COLUMNS.join(" | ")} |`,
    `|---|${COLUMNS.map(() => "--:").join("|")}|`,
    ...TRIED_ROWS.map((row, index) => `| ${row} | ${counts[index]?.join(" | ")} |`),
    `| all | ${sums.join(" | ")} |`,
  ].join("\n");
}

function countOf(results: readonly Result[], rows: readonly TriedRow[], score: Score): number {
  return results.flatMap(({ name, answers }) => {
    const expected = APPLICATIONS.find((one) => one.name === name)?.expect ?? {};
    return rows.filter((row) => {
      const cell = expected[row];
      return cell !== undefined && scoreOfCell(cell, answers[row]) === score;
    });
  }).length;
}
