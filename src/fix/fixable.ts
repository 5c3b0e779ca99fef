import type { RuleId } from "../contract/rows.ts";
import { CAPABILITIES, REMEDIES } from "./remedies.ts";

/** Rules whose findings `douane fix` corrects in a manifest without further input. */
export const FIXABLE: ReadonlySet<RuleId> = new Set(
  [...REMEDIES, CAPABILITIES].map(({ rule }) => rule).concat("1.2-read-only-root-filesystem"),
);
