import { quoted } from "../../contract/shown.ts";
import type { Lang } from "../../contract/text.ts";
import type { RowsOfNamespace } from "../../policy/enforced-rows.ts";
import type { StoredVerdict } from "../ports.ts";
import { causesOfRow } from "./causes.ts";
import type { VerdictAnswer } from "./ports.ts";

/** Future rows that are not `yes`, and do not decide in the namespace. */
export interface Remarks {
  readonly rows: readonly string[];
  /** Sentences for the causes against these rows, one for each cause. */
  readonly messages: readonly string[];
}

const NONE: Remarks = { rows: [], messages: [] };

/** Remarks by verdict: a known verdict answers thousands of pods. */
const KEPT = new WeakMap<StoredVerdict, { readonly by: string; readonly remarks: Remarks }>();

/** Remarks of the rows that only warn in a namespace: the causes for which they would refuse. */
export function remarksOf(answer: VerdictAnswer, warned: RowsOfNamespace["warned"], lang: Lang): Remarks {
  const stored = answer.kind === "known" ? answer.stored : answer.soFar;
  if (stored === undefined || warned.size === 0) return NONE;
  const isWhole = answer.kind === "known";
  const by = JSON.stringify([[...warned], lang, isWhole]);
  const kept = KEPT.get(stored);
  if (kept?.by === by) return kept.remarks;
  const remarks = computed(stored, isWhole, warned, lang);
  KEPT.set(stored, { by, remarks });
  return remarks;
}

function computed(
  { verdict }: StoredVerdict,
  isWhole: boolean,
  warned: RowsOfNamespace["warned"],
  lang: Lang,
): Remarks {
  const causes = verdict.rows.flatMap((row) => {
    const reason = warned.get(row.id);
    return reason === undefined ? [] : causesOfRow(row, lang, isWhole).map((cause) => ({ cause, reason }));
  });
  return {
    rows: [...new Set(causes.map(({ cause }) => cause.reason))],
    messages: causes.map(({ cause, reason }) => notEnforced(cause.message, reason, lang)),
  };
}

function notEnforced(message: string, reason: string, lang: Lang): string {
  return lang === "fr"
    ? `douane : pas encore exigé ici (${quoted(reason)}) : ${message}`
    : `douane: not enforced here yet (${quoted(reason)}): ${message}`;
}
