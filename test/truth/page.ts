import type { Entry } from "./corpus.ts";
import type { RowTally, Tally } from "./tally.ts";
import { trialsSection } from "./trials/results.ts";

const COLUMNS = ["right", "wrong yes", "wrong no", "unsettled", "confused"] as const;

/** docs/truth.md: the same corpus gives the same bytes. */
export function truthPage(found: Tally): string {
  const { rows, entries } = found;
  const sums = COLUMNS.map((column) => rows.reduce((total, row) => total + row[column], 0));
  const open = entries.filter(({ entry }) => entry.open !== undefined);
  return [
    "# Truth",
    "",
    "Written by `npm run truth -- --write`. Each case of [`test/truth/cases`](../test/truth/cases), or of [`test/truth/independent`](../test/truth/independent), where the answers were committed before the tool had seen the subjects, is a small image, manifest, Dockerfile or trial made by code, with the answers that the contract asks for; a trap looks like a fault and is none.",
    "",
    countsLine(entries.map(({ entry }) => entry)),
    "",
    "*wrong yes*: `yes` or `n/a` where the contract says no or nothing proves it. *wrong no*: `no` where there is no fault. *unsettled*: `unproven` where what is given settles it. *confused*: `yes` for `n/a` or the reverse.",
    "",
    `| row | ${COLUMNS.join(" | ")} |`,
    `|---|${COLUMNS.map(() => "--:").join("|")}|`,
    ...rows.map(rowLine),
    `| all | ${sums.join(" | ")} |`,
    "",
    "| topic | cases | traps |",
    "|---|--:|--:|",
    ...topics(entries.map(({ entry }) => entry)),
    ...(open.length === 0 ? [] : ["", "Not as the contract says, so far:", ""]),
    ...open.map(({ entry }) => `- ${entry.topic}, ${entry.name}: ${entry.open}`),
    "",
    trialsSection(),
    "",
  ].join("\n");
}

/** The line by which a test checks that the page is current. */
export function countsLine(entries: readonly Entry[]): string {
  return `${entries.length} cases, ${trapsOf(entries)} of them traps.`;
}

function trapsOf(entries: readonly Entry[]): number {
  return entries.filter(({ trap }) => trap === true).length;
}

function rowLine(tally: RowTally): string {
  return `| ${tally.row.id} | ${COLUMNS.map((column) => tally[column]).join(" | ")} |`;
}

function topics(entries: readonly Entry[]): readonly string[] {
  return [...Map.groupBy(entries, ({ topic }) => topic)].map(
    ([topic, own]) => `| ${topic} | ${own.length} | ${trapsOf(own)} |`,
  );
}
