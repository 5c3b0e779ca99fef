import type { Lang } from "./text.ts";

/** Number with its noun: `1 package`, `3 packages`; in French, zero is singular, too: `0 paquet`. */
export function counted(count: number, lang: Lang, [one, more]: readonly [string, string]): string {
  const isOne = lang === "fr" ? count < 2 : count === 1;
  return `${count} ${isOne ? one : more}`;
}
