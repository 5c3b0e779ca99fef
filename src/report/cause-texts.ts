import { isInImage } from "../contract/finding.ts";
import type { RuleId } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Cause, CauseGroup } from "./causes.ts";
import type { Location } from "./merge-containers.ts";
import { positionText } from "./place.ts";
import { acceptanceTexts, commandText, labelled, WORDS } from "./words.ts";

/** Groups in reading order. */
export const CAUSE_GROUPS = [
  "refused",
  "open",
  "advised",
  "accepted",
] as const satisfies readonly CauseGroup[];

export const CAUSE_TITLES: Readonly<Record<CauseGroup, Text>> = {
  refused: { fr: "Ce qui fait refuser", en: "Causes of refusal" },
  open: { fr: "Ce qui reste à prouver", en: "Still unproven" },
  advised: { fr: "Ne décide pas de l'admission", en: "Does not decide on admission" },
  accepted: { fr: "Accepté comme faux par la plateforme", en: "Accepted as false by the platform" },
};

/** Title of a list whose items begin with a number, stating the meaning of the numbers. */
export function countedTitle(group: CauseGroup, lang: Lang): string {
  return `${CAUSE_TITLES[group][lang]} · applications`;
}

/** Commands that may be named beside causes. */
export interface CauseCommands {
  /** Manifests as given on the command line. */
  readonly manifests?: string;
  readonly fixable?: ReadonlySet<RuleId>;
}

export function causeText({ evidence, message }: Cause, lang: Lang): string {
  return evidence === undefined ? message[lang] : labelled(WORDS.missing[lang], message[lang], lang);
}

/** Rule, first places, qualification and acceptance of a cause, each if present. */
export function causePlace(
  { locations, places, rule, presumed, accepted }: Cause,
  lang: Lang,
): readonly string[] {
  if (rule === undefined) return [];
  // With many places, only the first is shown.
  const first = places > locations.length ? locations.slice(0, 1) : locations;
  const others = places - first.length;
  const named = [...new Set(first.map((location) => spotText(location, lang)).filter((text) => text !== ""))];
  const more = others === 0 ? "" : { fr: ` et ${others} de plus`, en: ` and ${others} more` }[lang];
  return [
    rule,
    ...(named.length === 0 ? [] : [`${named.join(", ")}${more}`]),
    ...(accepted === undefined ? [] : acceptanceTexts(accepted, lang)),
    ...(presumed === true ? [WORDS.presumed[lang]] : []),
  ];
}

/** A place as text. The container is added for places inside an image; in a user's file the line suffices. */
function spotText({ container, at }: Location, lang: Lang): string {
  const place = at === undefined ? "" : positionText(at, lang);
  if (container === undefined || (at !== undefined && !isInImage(at))) return place;
  return place === "" ? `${WORDS.container[lang]} ${container}` : `${place} (${container})`;
}

/**
 * Remedy: a command if one command corrects all manifests at once or collects the missing evidence, otherwise
 * the rule's advice.
 */
export function causeRemedy(
  { rule, evidence, remedy, command }: Cause,
  { manifests, fixable }: CauseCommands,
  lang: Lang,
): { readonly text: string; readonly command?: true } | undefined {
  if (manifests !== undefined) {
    if (evidence === "trial") return { text: `douane check ${manifests} --trial`, command: true };
    if (rule !== undefined && fixable?.has(rule)) return { text: `douane fix ${manifests}`, command: true };
  }
  if (command !== undefined) return { text: commandText(command, lang), command: true };
  return remedy === undefined ? undefined : { text: remedy[lang] };
}
