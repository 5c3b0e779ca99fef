import { ROWS, type RowId } from "../../src/contract/rows.ts";
import type { Answer } from "../../src/contract/verdict.ts";
import type { Case } from "./case.ts";
import type { Judged } from "./judge-case.ts";

/** Relation of an answer to the contract's. */
export type Score =
  | "right"
  /** `yes` or `n/a` although the contract says no, or no evidence proves the row. */
  | "wrong yes"
  /** `no` where the contract finds no fault. */
  | "wrong no"
  /** `unproven` although the inputs settle the row. */
  | "unsettled"
  /** `yes` for `n/a`, or the reverse. */
  | "confused";

export interface Comparison {
  readonly scores: ReadonlyMap<RowId, Score>;
  /** Wrong answers, a line each; empty if all agree with the contract. */
  readonly wrong: readonly string[];
}

/** Compares the tool's answers to a case with the contract's. */
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

/** Relation of an answer to the expected one. */
export function scoreOf(expected: Answer, answer: Answer): Score {
  if (expected === answer) return "right";
  if (answer === "no") return "wrong no";
  if (answer === "unproven") return "unsettled";
  return expected === "no" || expected === "unproven" ? "wrong yes" : "confused";
}
