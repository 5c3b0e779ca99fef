import { type Candidate, roomOf } from "./draw.ts";
import type { Fate } from "./log.ts";

/** Unreached: no test comes across it. Undecided: a test that reaches it was not asked, as time was spent. */
export type Outcome = Fate | "survives" | "undecided" | "unreached";

export interface Found extends Candidate {
  readonly outcome: Outcome;
}

/** Prints what was not killed, with its place and change, and the figures of each room. */
export function printFound(found: readonly Found[]): void {
  for (const { file, line, kind, original, text, outcome } of found) {
    if (outcome === "killed" || outcome === "late") continue;
    console.log(`${outcome} ${file}:${line} ${kind}: ${short(original)} → ${short(text)}`);
  }
  for (const [room, own] of Map.groupBy(found, ({ file }) => roomOf(file))) {
    console.log(`${room}: ${scoreOf(own)}`);
    const kinds = [...Map.groupBy(own, ({ kind }) => groupOf(kind))];
    for (const [kind, some] of kinds) console.log(`  ${kind}: ${scoreOf(some)}`);
  }
  console.log(`all: ${scoreOf(found)}`);
}

/** Share of the mutants that a test reaches; those that are undecided count as alive. */
export function scoreOf(found: readonly Pick<Found, "outcome">[]): string {
  const count = (outcome: Outcome) => found.filter((one) => one.outcome === outcome).length;
  const [killed, late, unreached] = [count("killed"), count("late"), count("unreached")];
  const reached = found.length - unreached;
  const share = (100 * (killed + late)) / Math.max(1, reached);
  return (
    `${found.length} drawn, ${reached} reached, ${killed + late} killed (${share.toFixed(1)} % of those reached; ` +
    `${late} by time), ${count("survives")} survive, ${count("undecided")} undecided, ${unreached} reached by no test`
  );
}

function groupOf(kind: string): string {
  return kind === "string" || kind === "regex" ? kind : "logic";
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 90 ? `${line.slice(0, 87)}…` : line || "∅";
}
