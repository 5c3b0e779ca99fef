import { ROWS, type RowId } from "../../src/contract/rows.ts";
import type { Answer } from "../../src/contract/verdict.ts";
import type { Case } from "./case.ts";
import type { Judged } from "./judge-case.ts";

/** How an answer relates to what the contract says. */
export type Score =
  | "right"
  /** `yes` or `n/a` where the contract says no, or where nothing proves it. */
  | "wrong yes"
  /** `no` where the contract finds no fault. */
  | "wrong no"
  /** `unproven` where what is given settles it. */
  | "unsettled"
  /** `yes` for `n/a`, or the reverse. */
  | "confused";

export interface Comparison {
  readonly scores: ReadonlyMap<RowId, Score>;
  /** What is wrong, in a line each; empty: all is as the contract says. */
  readonly wrong: readonly string[];
}

/** Compares what the tool says of a case with what the contract does. */
export function compare(one: Case, judged: Judged): Comparison {
  const scores = new Map<RowId, Score>();
  const wrong: string[] = [];
  if (one.expect === "refused") {
    if (judged.rows !== undefined) wrong.push("a verdict was given");
    if (judged.told.length === 0) wrong.push("nothing was told");
  } else if (judged.rows === undefined) {
    wrong.push("no verdict was given");
  } else {
    for (const { id } of ROWS) {
      const [expected, answer] = [one.expect[id], judged.rows.get(id)];
      if (expected === undefined || answer === undefined) continue;
      const score = scoreOf(expected, answer);
      scores.set(id, score);
      if (score !== "right") wrong.push(`${id}: ${answer} instead of ${expected} (${score})`);
    }
  }
  if (one.tells !== undefined && !judged.told.some((text) => text.includes(one.tells ?? "")))
    wrong.push(`not told: ${one.tells}`);
  if (one.silent === true) wrong.push(...judged.told.map((text) => `told: ${text}`));
  wrong.push(...judged.told.filter((text) => text.startsWith("BUG")));
  return { scores, wrong };
}

/** How an answer relates to the one that is expected. */
export function scoreOf(expected: Answer, answer: Answer): Score {
  if (expected === answer) return "right";
  if (answer === "no") return "wrong no";
  if (answer === "unproven") return "unsettled";
  return expected === "no" || expected === "unproven" ? "wrong yes" : "confused";
}
