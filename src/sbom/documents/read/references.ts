import { LIMITS } from "../../../contract/limits.ts";
import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";

/** References shared by several components, each once, up to LIMITS.sbomProblems. */
export function repeatedRefs(refs: readonly string[]): readonly Text[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const ref of refs) {
    if (seen.has(ref)) repeated.add(ref);
    seen.add(ref);
  }
  const named = [...repeated].slice(0, LIMITS.sbomProblems).map((ref) => ({
    fr: `plusieurs composants ont la référence ${quoted(ref)}`,
    en: `several components have the reference ${quoted(ref)}`,
  }));
  const more = repeated.size - named.length;
  const rest = { fr: `et ${more} autres références`, en: `and ${more} other references` };
  return more === 0 ? named : [...named, rest];
}
