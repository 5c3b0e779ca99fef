import type { Lang } from "../contract/text.ts";
import { CAUSE_GROUPS, causePlace, causeRemedy, causeText, countedTitle } from "./cause-texts.ts";
import type { Cause, Causes } from "./causes.ts";
import { markdownCode, markdownProse } from "./escape.ts";
import { shorten } from "./markdown-details.ts";
import { linksTo } from "./markdown-links.ts";
import type { ReportView } from "./report.ts";

/** Causes shown per group; the rest is counted. */
const SHOWN = 12;

/** Causes shared by many applications, as lists, most frequent first. */
export function markdownCauses(causes: Causes, view: ReportView, lang: Lang): string {
  const lists = CAUSE_GROUPS.map((group) => {
    const all = causes.of(group);
    if (all.length === 0) return "";
    const items = all.slice(0, SHOWN).map((cause) => item(cause, view, lang));
    return `### ${countedTitle(group, lang)}\n\n${items.join("")}${more(all.length - SHOWN, lang)}\n`;
  });
  return lists.join("");
}

function item(cause: Cause, view: ReportView, lang: Lang): string {
  const { applications, locations } = cause;
  const linkOf = linksTo(new Set(locations.flatMap(({ at }) => at?.file ?? [])), view);
  const remedy = causeRemedy(cause, view, lang);
  const where = causePlace(cause, lang);
  const told = [
    `**${applications}** · ${markdownProse(shorten(causeText(cause, lang)))}`,
    ...where.map((part) => markdownProse(shorten(part), linkOf)),
  ].join(" · ");
  if (remedy === undefined) return `- ${told}\n`;
  const shown = remedy.command === true ? markdownCode(remedy.text) : markdownProse(shorten(remedy.text));
  return `- ${told}\n  → ${shown}\n`;
}

function more(count: number, lang: Lang): string {
  if (count <= 0) return "";
  return { fr: `- … et ${count} de plus\n`, en: `- … and ${count} more\n` }[lang];
}
