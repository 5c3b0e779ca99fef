import { type Flags, isGroup } from "../../src/cli/command-line/command.ts";
import { COMMON_FLAGS } from "../../src/cli/command-line/common-flags.ts";
import { WORDS } from "../../src/cli/command-line/help.ts";
import { type LoadedEntry, loadedEntries } from "../../src/cli/command-line/leaves.ts";
import { longFlag } from "../../src/cli/command-line/option.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { VERSION } from "../../src/cli/process/version.ts";
import { EXIT } from "../../src/contract/error.ts";
import type { Lang, Text } from "../../src/contract/text.ts";

const TITLES = {
  name: { fr: "NOM", en: "NAME" },
  synopsis: { fr: "SYNOPSIS", en: "SYNOPSIS" },
  description: { fr: "DESCRIPTION", en: "DESCRIPTION" },
  commands: { fr: "COMMANDES", en: "COMMANDS" },
  common: { fr: "OPTIONS COMMUNES", en: "COMMON OPTIONS" },
  exit: { fr: "CODES DE RETOUR", en: "EXIT STATUS" },
} as const satisfies Record<string, Text>;

const IN_SHORT: Text = {
  fr: "dire si une image de conteneur peut entrer sur la plateforme Atlas",
  en: "decide whether a container image may enter the Atlas platform",
};
const COMMAND: Text = { fr: "commande", en: "command" };
const SOME_OPTIONS: Text = { fr: "options", en: "options" };

/** Meaning of every exit code; the type makes a missing one fail to compile. */
const EXITS: Readonly<Record<keyof typeof EXIT, Text>> = {
  admitted: { fr: "admise", en: "admitted" },
  refused: { fr: "refusée", en: "refused" },
  unproven: {
    fr: "à prouver, ou quelque chose a été laissé de côté",
    en: "unproven, or something was left out",
  },
  refusedUnread: {
    fr: "refusée, et autre chose n'a pas pu être lu",
    en: "refused, and something else could not be read",
  },
  usage: { fr: "ligne de commande ou réglages erronés", en: "the command line or a settings file is wrong" },
  invalid: {
    fr: "donnée illisible comme ce qu'elle prétend être",
    en: "something is not readable as what it claims to be",
  },
  unavailable: {
    fr: "registre, moteur ou fichier inaccessible",
    en: "a registry, an engine or a file could not be reached",
  },
  bug: { fr: "défaut de douane", en: "a bug of douane's" },
};

/** douane(1) in man(7) format, from the table of commands. `date` is a day, `YYYY-MM-DD`. */
export async function manPage(lang: Lang, date: string): Promise<string> {
  const commands = (await loadedEntries(COMMANDS)).map((entry) => commandPart(entry, lang));
  return [
    `.TH DOUANE 1 ${date} "douane ${VERSION}"`,
    // Neither hyphenated nor justified: names of files and options stay whole.
    ".nh\n.ad l",
    section("name", lang),
    `douane \\- ${text(IN_SHORT[lang])}`,
    section("synopsis", lang),
    ".B douane",
    `.I ${COMMAND[lang]}`,
    `[\\fI${SOME_OPTIONS[lang]}\\fR]`,
    section("description", lang),
    text(WORDS.description[lang]),
    section("commands", lang),
    ...commands.flat(),
    section("common", lang),
    ...optionParts(COMMON_FLAGS, lang),
    tagged("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", WORDS.help[lang]),
    tagged("\\fB\\-V\\fR, \\fB\\-\\-version\\fR", WORDS.version[lang]),
    section("exit", lang),
    ...Object.entries(EXIT).map(([name, code]) =>
      tagged(`\\fB${code}\\fR`, EXITS[name as keyof typeof EXIT][lang]),
    ),
    "",
  ].join("\n");
}

function commandPart({ path, command }: LoadedEntry, lang: Lang): readonly string[] {
  const { description, examples, epilogue } = command;
  const { operand, flags } = isGroup(command) ? { operand: undefined, flags: {} } : command;
  const operands =
    operand === undefined ? "" : ` [\\fI${text(operand.name[lang])}\\fR${operand.many ? "…" : ""}]`;
  const words = isGroup(command) ? ` \\fI${COMMAND[lang]}\\fR` : operands;
  return [
    `.SS "douane ${path}"`,
    `\\fBdouane ${path}\\fR${words} [\\fI${SOME_OPTIONS[lang]}\\fR]`,
    ".PP",
    text(description[lang]),
    ...(operand === undefined ? [] : [tagged(`\\fI${text(operand.name[lang])}\\fR`, operand.help[lang])]),
    ...optionParts(flags, lang),
    ...examples.flatMap(({ line, says }) => [
      ".PP",
      `${text(says[lang])}${lang === "fr" ? " :" : ":"}`,
      literal(line[lang]),
    ]),
    ...(epilogue === undefined ? [] : [literal(epilogue[lang])]),
  ];
}

function optionParts(flags: Flags, lang: Lang): readonly string[] {
  return Object.entries(flags).map(([name, { short, value, help }]) => {
    const names = [...(short === undefined ? [] : [`-${short}`]), longFlag(name)].map(
      (one) => `\\fB${text(one)}\\fR`,
    );
    return tagged(
      `${names.join(", ")}${value === undefined ? "" : ` \\fI${text(value[lang])}\\fR`}`,
      help[lang],
    );
  });
}

function section(name: keyof typeof TITLES, lang: Lang): string {
  return `.SH "${TITLES[name][lang]}"`;
}

function tagged(tag: string, says: string): string {
  return `.TP\n${tag}\n${text(says)}`;
}

/** Preformatted lines. */
function literal(lines: string): string {
  return `.PP\n.RS 4\n.nf\n${lines.trim().split("\n").map(text).join("\n")}\n.fi\n.RE`;
}

/**
 * Escapes for roff: backslashes, hyphens (which would become typographic ones), a dot or quote at the start
 * of a line.
 */
function text(words: string): string {
  return words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replace(/^\./, "\\&.");
}
