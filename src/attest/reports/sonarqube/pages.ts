import { type Fields, isFields, listAt, objectAt, textAt } from "../../../json/fields.ts";
import { countAt } from "../format/numbers.ts";

/** Comparison of the number of listed entries of all pages with the announced number. */
export interface Listed {
  /** Entries, each once: a page that is given twice counts once. */
  readonly entries: readonly unknown[];
  readonly missing: number;
  /** Whether the pages contradict each other, or list more entries than announced. */
  readonly isContradicted: boolean;
}

export function listedIn(pages: readonly Fields[], key: "issues" | "hotspots"): Listed {
  const entries = new Map<string, unknown>();
  for (const one of pages.flatMap((page) => listAt(page, key))) entries.set(JSON.stringify(one), one);
  const keys = new Set(
    [...entries.values()].map((one) => (isFields(one) ? textAt(one, "key") : undefined) ?? one),
  );
  const totals = new Set(
    pages.flatMap((page) => [countAt(objectAt(page, "paging"), "total"), ...formerTotal(page)]),
  );
  const [total] = totals;
  const isMixed = pages.some(({ issues, hotspots }) => Array.isArray(issues) && Array.isArray(hotspots));
  const isContradicted =
    pages.length > 0 && (isMixed || totals.size !== 1 || total === undefined || keys.size > total);
  return {
    entries: [...entries.values()],
    missing: Math.max(0, (total ?? 0) - keys.size),
    isContradicted,
  };
}

/** Deprecated member `total` of a page, which versions before 10 write in addition to `paging`. */
function formerTotal(page: Fields): readonly (number | undefined)[] {
  return "total" in page ? [countAt(page, "total")] : [];
}
