import type { Answer } from "../../../src/contract/verdict.ts";
import { type Score, scoreOf } from "../compare.ts";
import type { Cell } from "./application.ts";

/** How an answer relates to what was seen by hand. @param told nothing when no verdict was given, which settles nothing */
export function scoreOfCell({ answer, orUnproven }: Cell, told: Answer | undefined): Score {
  if (told === undefined) return "unsettled";
  return orUnproven === true && told === "unproven" ? "right" : scoreOf(answer, told);
}
