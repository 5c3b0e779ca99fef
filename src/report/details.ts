import { kindOfEvidence } from "../contract/kinds.ts";
import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict } from "../contract/verdict.ts";
import type { Detail } from "./detail.ts";
import { findingDetails } from "./finding-details.ts";
import { mergeContainers } from "./merge-containers.ts";
import { noteDetails } from "./note-details.ts";
import { spotsText } from "./spots.ts";
import { WORDS } from "./words.ts";

/**
 * What the row's answer makes worth reading, in the order of reading: at most `limit` findings and
 * `limit` notes, the rest is counted. What an `earlier` row has told already is only referred to.
 */
export function details(
  row: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
  limit: number,
): readonly Detail[] {
  const settled = row.answer === "yes" || row.answer === "n/a";
  return [
    ...becauseOf(row, lang),
    ...findingDetails(row, earlier, lang, limit),
    ...(row.answer === "unproven" ? openDetails(row, lang) : []),
    ...(settled ? proofsOf(row, lang) : []),
    ...noteDetails(row, earlier, lang, limit),
  ];
}

function becauseOf({ because = [] }: RowVerdict, lang: Lang): readonly Detail[] {
  if (because.length === 0) return [];
  const titles = because.map((id) => rowById(id).title[lang]);
  return [{ kind: "because", label: WORDS.because[lang], text: titles.join(" · "), context: [] }];
}

/** Why the row is open. Where nobody says it, no rule had a say: that is said, too. */
function openDetails(row: RowVerdict, lang: Lang): readonly Detail[] {
  const told = [...doubtsOf(row, lang), ...missingOf(row, lang)];
  if (told.length > 0 || row.because !== undefined) return told;
  return [{ kind: "missing", text: WORDS.unsettled[lang], context: [] }];
}

export function doubtsOf({ doubts }: RowVerdict, lang: Lang): readonly Detail[] {
  return mergeContainers(doubts).flatMap(({ item, spots }): readonly Detail[] => {
    const doubt: Detail = {
      kind: "doubt",
      text: item.reason[lang],
      context: [...spotsText(spots, lang), item.rule],
    };
    if (item.settle === undefined) return [doubt];
    const settle: Detail = {
      kind: "settle",
      label: WORDS.settle[lang],
      text: item.settle[lang],
      context: [],
    };
    return [doubt, settle];
  });
}

function missingOf({ missing }: RowVerdict, lang: Lang): readonly Detail[] {
  return missing.map(({ evidence, command }) => ({
    kind: "missing",
    label: WORDS.missing[lang],
    text: kindOfEvidence(evidence).name[lang],
    context: [],
    ...(command === undefined ? {} : { command }),
  }));
}

function proofsOf({ proofs }: RowVerdict, lang: Lang): readonly Detail[] {
  return mergeContainers(proofs).map(({ item, spots }) => ({
    kind: "proof",
    text: item.message[lang],
    context: [...spotsText(spots, lang), item.rule],
  }));
}

/** The rows above this one. */
export function earlierRows(row: RowVerdict, rows: readonly RowVerdict[]): readonly RowVerdict[] {
  return rows.slice(0, rows.indexOf(row));
}
