import type { Lang } from "../contract/text.ts";
import {
  CAUSE_GROUPS,
  type CauseCommands,
  causePlace,
  causeRemedy,
  causeText,
  countedTitle,
} from "./cause-texts.ts";
import type { Cause, CauseGroup, Causes } from "./causes.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import { elide, padStart, paragraph, type Style, type Terminal, wrap } from "./terminal.ts";

/**
 * Maximum number of causes shown per group, and lines per sentence, without --verbose: the report then fits
 * two screens.
 */
const SHOWN = { refused: 9, open: 4, advised: 4, accepted: 8 } as const satisfies Record<CauseGroup, number>;
const LINES = 2;
/** Width of the column with the number of applications. */
const NUMBER = 6;

const STYLES: Readonly<Record<CauseGroup, Style>> = {
  refused: ANSWER_STYLES.no,
  open: ANSWER_STYLES.unproven,
  advised: "bold",
  accepted: "dim",
};

/** Causes shared by many applications, most frequent first, each with its count, first place and remedy. */
export function* checklistCauses(
  causes: Causes,
  commands: CauseCommands,
  lang: Lang,
  on: Terminal,
): Generator<readonly string[]> {
  for (const group of CAUSE_GROUPS) {
    const all = causes.of(group);
    if (all.length === 0) continue;
    const shown = on.verbose ? all : all.slice(0, SHOWN[group]);
    yield [
      ...paragraph(on, { head: "", indent: 0, text: countedTitle(group, lang), style: "bold" }),
      ...shown.flatMap((cause) => causeLines(cause, STYLES[group], commands, lang, on)),
      ...moreCauses(all.length - shown.length, lang, on),
    ];
  }
}

function causeLines(
  cause: Cause,
  style: Style,
  commands: CauseCommands,
  lang: Lang,
  on: Terminal,
): readonly string[] {
  const number = padStart(String(cause.applications), NUMBER);
  const indent = NUMBER + 2;
  const margin = " ".repeat(indent);
  const place = causePlace(cause, lang).join(" · ");
  const remedy = causeRemedy(cause, commands, lang)?.text;
  return [
    ...short(`${on.paint(style, number)}  `, indent, causeText(cause, lang), on),
    ...(place === "" ? [] : short(margin, indent, place, on, "dim")),
    ...(remedy === undefined ? [] : short(`${margin}${on.paint("cyan", "→")} `, indent + 2, remedy, on)),
  ];
}

/** A paragraph of at most two lines, unless all details are requested. */
function short(head: string, indent: number, text: string, on: Terminal, style?: Style): readonly string[] {
  const lines = wrap(text, on.width - indent);
  const [first = "", ...rest] = lines;
  const whole = on.verbose || lines.length <= LINES;
  const told = whole ? lines : [first, elide(rest.join(" "), on.width - indent)];
  const painted = style === undefined ? told : told.map((line) => on.paint(style, line));
  return painted.map((line, index) => `${index === 0 ? head : " ".repeat(indent)}${line}`);
}

function moreCauses(count: number, lang: Lang, on: Terminal): readonly string[] {
  if (count <= 0) return [];
  const text = {
    fr: `… et ${count} ${count > 1 ? "autres causes" : "autre cause"} : --verbose`,
    en: `… and ${count} more ${count > 1 ? "causes" : "cause"}: --verbose`,
  }[lang];
  return paragraph(on, { head: "  ", indent: 2, text, style: "dim" });
}
