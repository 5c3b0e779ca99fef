import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { JudgedFinding, RowVerdict } from "../contract/verdict.ts";
import { findingCount } from "./counts.ts";
import { type Detail, identity, more } from "./detail.ts";
import { locationsText } from "./locations.ts";
import { type Merged, mergeContainers } from "./merge-containers.ts";
import { WORDS } from "./words.ts";

/** Details of findings, grouped by remedy; each remedy is shown once, below its group. */
export function findingDetails(
  { findings }: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
  limit: number,
  fingerprints = false,
): readonly Detail[] {
  const known = new Set(earlier.flatMap((row) => row.findings.map(identity)));
  const merged = mergeContainers(findings.filter((finding) => !known.has(identity(finding))));
  const byRemedy = Map.groupBy(chosen(merged, limit), ({ item }) => item.remedy[lang]);
  const told = [...byRemedy].flatMap(([remedy, group]): readonly Detail[] => [
    ...group.map((entry): Detail => findingDetail(entry, lang, fingerprints)),
    { kind: "remedy", label: WORDS.remedy[lang], text: remedy, context: [] },
  ]);
  return [...told, ...more(merged.length - limit, lang), ...sameAs(findings, earlier, lang)];
}

/**
 * At most `limit` findings in their order: one per rule, then a second per rule, so that no rule displaces
 * another.
 */
function chosen(merged: readonly Merged<JudgedFinding>[], limit: number): readonly Merged<JudgedFinding>[] {
  const byRule = [...Map.groupBy(merged, ({ item }) => item.rule).values()];
  const ranked = byRule.flatMap((group) => group.map((entry, rank) => ({ entry, rank })));
  ranked.sort((a, b) => a.rank - b.rank);
  const kept = new Set(ranked.slice(0, limit).map(({ entry }) => entry));
  return merged.filter((entry) => kept.has(entry));
}

/** Numbers of earlier rows that show the same findings. */
function sameAs(
  findings: readonly JudgedFinding[],
  earlier: readonly RowVerdict[],
  lang: Lang,
): readonly Detail[] {
  const left = new Set(findings.map(identity));
  const parts: string[] = [];
  for (const row of earlier) {
    const same = row.findings.filter((finding) => left.delete(identity(finding)));
    const count = mergeContainers(same).length;
    if (count > 0) parts.push(`${rowById(row.id).title[lang]} (${findingCount(count, lang)})`);
  }
  if (parts.length === 0) return [];
  return [{ kind: "same", label: WORDS.same[lang], text: parts.join(" · "), context: [] }];
}

function findingDetail(
  { item, locations, fingerprints }: Merged<JudgedFinding>,
  lang: Lang,
  named: boolean,
): Detail {
  const tempered = item.presumed ? [WORDS.presumed[lang]] : [];
  return {
    kind: "finding",
    text: item.message[lang],
    context: [...locationsText(locations, lang), ...tempered, item.rule, ...(named ? fingerprints : [])],
    fingerprints,
  };
}
