import type { Lang } from "../../contract/text.ts";

/** ` et 1 autre`, ` and 12 others`, after named items; "" if there are no others. */
export function andOthers(more: number, lang: Lang): string {
  if (more <= 0) return "";
  if (more === 1) return { fr: " et 1 autre", en: " and 1 other" }[lang];
  return { fr: ` et ${more} autres`, en: ` and ${more} others` }[lang];
}
