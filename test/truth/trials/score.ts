import type { Answer } from "../../../src/contract/verdict.ts";
import { type Score, scoreOf } from "../compare.ts";
import type { Cell } from "./application.ts";

/**
 * Score of an answer against the manual observation. @param told undefined without a verdict, which settles
 * nothing
 */
export function scoreOfCell({ answer, orUnproven }: Cell, told: Answer | undefined): Score {
  if (told === undefined) return "unsettled";
  return orUnproven === true && told === "unproven" ? "right" : scoreOf(answer, told);
}
