import { kindOfEvidence } from "../contract/kinds.ts";
import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { Doubt, RowVerdict } from "../contract/verdict.ts";
import type { Detail } from "./detail.ts";
import { findingDetails } from "./finding-details.ts";
import { locationsText } from "./locations.ts";
import { type Merged, mergeContainers } from "./merge-containers.ts";
import { noteDetails } from "./note-details.ts";
import { commandText, WORDS } from "./words.ts";

/**
 * Details that matter for the row's answer, in reading order: at most `limit` findings and `limit` notes, the
 * rest counted. Details shown by an `earlier` row are replaced by a reference.
 *
 * @param fingerprints findings include their fingerprints
 */
export function details(
  row: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
  limit: number,
  fingerprints = false,
): readonly Detail[] {
  const settled = row.answer === "yes" || row.answer === "n/a";
  return [
    ...becauseOf(row, lang),
    ...findingDetails(row, earlier, lang, limit, fingerprints),
    ...(row.answer === "unproven" ? openDetails(row, earlier, lang) : []),
    ...(settled ? proofsOf(row, lang) : []),
    ...noteDetails(row, earlier, lang, limit),
  ];
}

function becauseOf({ because = [] }: RowVerdict, lang: Lang): readonly Detail[] {
  if (because.length === 0) return [];
  const titles = because.map((id) => rowById(id).title[lang]);
  return [{ kind: "because", label: WORDS.because[lang], text: titles.join(" · "), context: [] }];
}

/** Reasons for an unproven row. Without reasons, the detail states that no rule could judge the row. */
function openDetails(row: RowVerdict, earlier: readonly RowVerdict[], lang: Lang): readonly Detail[] {
  const told = [...doubtsOf(row, earlier, lang), ...missingOf(row, lang)];
  if (told.length > 0 || row.because !== undefined) return told;
  return [{ kind: "missing", text: WORDS.unsettled[lang], context: [] }];
}

/**
 * Doubts, one per reason, with the rules that share it; doubts shown by an earlier row are replaced by a
 * reference.
 */
export function doubtsOf(
  { doubts }: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
): readonly Detail[] {
  const known = new Set(earlier.flatMap((row) => row.doubts.map(doubtKey)));
  const fresh = mergeContainers(doubts.filter((doubt) => !known.has(doubtKey(doubt))));
  const groups = Map.groupBy(fresh, ({ item }) => JSON.stringify([item.reason, item.settle]));
  const told = [...groups.values()].flatMap((group) => doubtDetails(group, lang));
  const titles = earlier.filter((row) => row.doubts.some((doubt) => isAmong(doubts, doubt)));
  const [first] = titles.map(({ id }) => rowById(id).title[lang]);
  if (first === undefined) return told;
  return [...told, { kind: "same", label: WORDS.sameReason[lang], text: first, context: [] }];
}

function doubtDetails(group: readonly Merged<Doubt>[], lang: Lang): readonly Detail[] {
  const locations = new Map(
    group.flatMap((one) => one.locations.map((location) => [JSON.stringify(location), location])),
  );
  const rules = [...new Set(group.map(({ item }) => item.rule))];
  return group.slice(0, 1).flatMap(({ item }): readonly Detail[] => {
    const context = [...locationsText([...locations.values()], lang), rules.join(", ")];
    const doubt: Detail = { kind: "doubt", text: item.reason[lang], context };
    if (item.settle === undefined) return [doubt];
    return [doubt, { kind: "settle", label: WORDS.settle[lang], text: item.settle[lang], context: [] }];
  });
}

function isAmong(doubts: readonly Doubt[], doubt: Doubt): boolean {
  return doubts.some((one) => doubtKey(one) === doubtKey(doubt));
}

function doubtKey({ container, reason, settle }: Doubt): string {
  return JSON.stringify([container, reason, settle]);
}

function missingOf({ missing }: RowVerdict, lang: Lang): readonly Detail[] {
  return missing.map(({ evidence, command }) => ({
    kind: "missing",
    label: WORDS.missing[lang],
    text: kindOfEvidence(evidence).name[lang],
    context: [],
    ...(command === undefined ? {} : { command: commandText(command, lang) }),
  }));
}

function proofsOf({ proofs }: RowVerdict, lang: Lang): readonly Detail[] {
  return mergeContainers(proofs).map(({ item, locations }) => ({
    kind: "proof",
    text: item.message[lang],
    context: [...locationsText(locations, lang), item.rule],
  }));
}

/** Rows above this one. */
export function earlierRows(row: RowVerdict, rows: readonly RowVerdict[]): readonly RowVerdict[] {
  return rows.slice(0, rows.indexOf(row));
}
