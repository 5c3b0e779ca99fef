import type { RuleId } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Cause, CauseGroup, Causes } from "./causes.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import type { Spot } from "./merge-containers.ts";
import { positionText } from "./place.ts";
import { elide, padStart, paragraph, type Style, type Terminal, wrap } from "./terminal.ts";
import { labelled, WORDS } from "./words.ts";

/** Causes told of each group, and lines of a sentence, unless all is asked for: two screens hold the report. */
const SHOWN = { refused: 9, open: 4, advised: 4, accepted: 8 } as const satisfies Record<CauseGroup, number>;
const LINES = 2;
/** Columns of the number of applications. */
const NUMBER = 6;

const TITLES: Readonly<Record<CauseGroup, Text>> = {
  refused: { fr: "Ce qui fait refuser · applications", en: "Why they are refused · applications" },
  open: { fr: "Ce qui reste à prouver · applications", en: "What is left to prove · applications" },
  advised: { fr: "Ce qui est recommandé · applications", en: "What is recommended · applications" },
  accepted: {
    fr: "Accepté comme faux par la politique · applications",
    en: "Accepted as false by the policy · applications",
  },
};

const STYLES: Readonly<Record<CauseGroup, Style>> = {
  refused: ANSWER_STYLES.no,
  open: ANSWER_STYLES.unproven,
  advised: "bold",
  accepted: "dim",
};

/** What `checklistCauses` may name beside the causes. */
export interface CauseCommands {
  /** The manifests of the command line. */
  readonly manifests?: string;
  readonly fixable?: ReadonlySet<RuleId>;
}

/** Of many applications, what they have in common: the worst first, each with its number, its first place and what to do. */
export function* checklistCauses(
  causes: Causes,
  commands: CauseCommands,
  lang: Lang,
  on: Terminal,
): Generator<readonly string[]> {
  for (const group of ["refused", "open", "advised", "accepted"] as const) {
    const all = causes.of(group);
    if (all.length === 0) continue;
    const shown = on.verbose ? all : all.slice(0, SHOWN[group]);
    yield [
      ...paragraph(on, { head: "", indent: 0, text: TITLES[group][lang], style: "bold" }),
      ...shown.flatMap((cause) => causeLines(cause, group, commands, lang, on)),
      ...moreCauses(all.length - shown.length, lang, on),
    ];
  }
}

function causeLines(
  cause: Cause,
  group: CauseGroup,
  commands: CauseCommands,
  lang: Lang,
  on: Terminal,
): readonly string[] {
  const number = padStart(String(cause.applications), NUMBER);
  const indent = NUMBER + 2;
  const message = cause.evidence === undefined ? cause.message[lang] : missing(cause, lang);
  const remedy = remedyOf(cause, commands, lang);
  return [
    ...short(`${on.paint(STYLES[group], number)}  `, indent, message, on),
    ...place(cause, indent, lang, on),
    ...(remedy === undefined
      ? []
      : short(`${" ".repeat(indent)}${on.paint("cyan", "→")} `, indent + 2, remedy, on)),
  ];
}

/** A paragraph of two lines at most, unless all is asked for. */
function short(head: string, indent: number, text: string, on: Terminal, style?: Style): readonly string[] {
  const lines = wrap(text, on.width - indent);
  const [first = "", ...rest] = lines;
  const told =
    on.verbose || lines.length <= LINES ? lines : [first, elide(rest.join(" "), on.width - indent)];
  const painted = style === undefined ? told : told.map((line) => on.paint(style, line));
  return painted.map((line, index) => `${index === 0 ? head : " ".repeat(indent)}${line}`);
}

function missing({ message }: Cause, lang: Lang): string {
  return labelled(WORDS.missing[lang], message[lang], lang);
}

function place(
  { spots: held, places, rule, presumed, accepted }: Cause,
  indent: number,
  lang: Lang,
  on: Terminal,
) {
  if (rule === undefined) return [];
  // Of many places the first says enough.
  const first = places > held.length ? held.slice(0, 1) : held;
  const others = places - first.length;
  const spots = mergedSpots(first, lang);
  const more = others === 0 ? "" : { fr: `et ${others} de plus`, en: `and ${others} more` }[lang];
  const where = [spots.join(", "), spots.length === 0 ? "" : more].filter((part) => part !== "").join(" ");
  const acceptance =
    accepted === undefined
      ? []
      : [accepted.reason, accepted.author, `${WORDS.until[lang]} ${accepted.expires}`];
  const text = [rule, where, ...acceptance, presumed === true ? WORDS.presumed[lang] : ""]
    .filter((part) => part !== "")
    .join(" · ");
  return short(" ".repeat(indent), indent, text, on, "dim");
}

/** In a file of the user's the line says enough; of what is inside an image, the container is told, too. */
function mergedSpots(spots: readonly Spot[], lang: Lang): readonly string[] {
  return [...new Set(spots.map((spot) => spotText(spot, lang)).filter((text) => text !== ""))];
}

function spotText({ container, at }: Spot, lang: Lang): string {
  const place = at === undefined ? "" : positionText(at, lang);
  if (container === undefined || at?.file !== undefined) return place;
  return place === "" ? `${WORDS.container[lang]} ${container}` : `${place} (${container})`;
}

/** The command that does it, where there is one: for all of them at once. */
function remedyOf(
  { rule, evidence, remedy, command }: Cause,
  { manifests, fixable }: CauseCommands,
  lang: Lang,
): string | undefined {
  if (evidence === "trial" && manifests !== undefined) return `douane check ${manifests} --trial`;
  if (manifests !== undefined && rule !== undefined && fixable?.has(rule)) return `douane fix ${manifests}`;
  return command ?? remedy?.[lang];
}

function moreCauses(count: number, lang: Lang, on: Terminal): readonly string[] {
  if (count <= 0) return [];
  const text = {
    fr: `… et ${count} ${count > 1 ? "autres causes" : "autre cause"} : --verbose`,
    en: `… and ${count} more ${count > 1 ? "causes" : "cause"}: --verbose`,
  }[lang];
  return paragraph(on, { head: "  ", indent: 2, text, style: "dim" });
}
