import type { Lang } from "../contract/text.ts";
import type { Note, RowVerdict } from "../contract/verdict.ts";
import { type Detail, identity, more } from "./detail.ts";
import { locationsText } from "./locations.ts";
import { type Merged, mergeContainers } from "./merge-containers.ts";
import { acceptanceTexts, WORDS } from "./words.ts";

/** Notes, at most `limit`, and all findings accepted as false, since acceptances are never hidden. */
export function noteDetails(
  { notes }: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
  limit: number,
): readonly Detail[] {
  const known = new Set(earlier.flatMap((row) => row.notes.map(identity)));
  const merged = mergeContainers(notes.filter((note) => !known.has(identity(note))));
  const accepted = merged.filter(({ item }) => item.accepted !== undefined);
  const others = merged.filter(({ item }) => item.accepted === undefined);
  const told = [...accepted, ...others.slice(0, limit)].map((entry) => noteDetail(entry, lang));
  return [...told, ...more(others.length - limit, lang)];
}

function noteDetail({ item, locations }: Merged<Note>, lang: Lang): Detail {
  const kind = item.accepted === undefined ? "note" : "accepted";
  const advice = kind === "note" && item.presumed !== true ? item.remedy : undefined;
  return {
    kind,
    label: WORDS[kind][lang],
    text: advice === undefined ? item.message[lang] : `${item.message[lang]} → ${advice[lang]}`,
    context: [...locationsText(locations, lang), ...tempering(item, lang), item.rule],
  };
}

/** Qualification of a note. An accepted finding shows its acceptance in full: reason, author, expiry date. */
function tempering({ accepted, presumed }: Note, lang: Lang): readonly string[] {
  if (accepted !== undefined) {
    return acceptanceTexts(accepted, lang);
  }
  return presumed === true ? [WORDS.overruled[lang]] : [];
}
