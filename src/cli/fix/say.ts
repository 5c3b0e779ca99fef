import { pathWord } from "../../contract/shell-word.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { maskText } from "../../secrets/scan.ts";
import type { Session } from "../command-line/command.ts";
import { printable } from "../terminal/printable.ts";

/** A remark about a user's file. */
export interface Said {
  readonly label: keyof typeof LABELS;
  readonly file: string;
  readonly line?: number | undefined;
  readonly container?: string | undefined;
  readonly message: Text;
  readonly remedy?: Text | undefined;
}

const LABELS = {
  givenUp: { fr: "retiré", en: "taken away" },
  left: { fr: "reste à faire", en: "left to you" },
  refused: { fr: "non corrigé", en: "not corrected" },
} as const satisfies Record<string, Text>;

/** Line of a remark, `web.yaml:12: left to you: [web] …`, with the remedy on a separate line. */
export function sentence({ label, file, line, container, message, remedy }: Said, lang: Lang): string {
  const place = line === undefined ? excerpt(file) : `${excerpt(file)}:${line}`;
  const colon = lang === "fr" ? " :" : ":";
  const who = container === undefined ? "" : `[${excerpt(container)}] `;
  const what = `${place}: ${LABELS[label][lang]}${colon} ${who}${message[lang]}`;
  return printable(maskText(remedy === undefined ? `${what}\n` : `${what}\n    → ${remedy[lang]}\n`));
}

/** Prints a sentence on stderr. */
export async function tell(text: Text, { context, lang }: Session): Promise<void> {
  await context.stderr.write(printable(maskText(`${text[lang]}\n`)));
}

export function nothingToCorrect(file: string): Text {
  const name = excerpt(file);
  return { fr: `${name} : rien à corriger.`, en: `${name}: nothing to correct.` };
}

/** Text for notes that remain, since their resolution requires knowledge of the application. */
export function onlyNotes(file: string, count: number): Text {
  const name = excerpt(file);
  const word = pathWord(file);
  return {
    fr: `${name} : rien que fix puisse corriger ; remarques : ${count} (les lire : douane check ${word}).`,
    en: `${name}: nothing that fix can correct; remarks: ${count} (to read them: douane check ${word}).`,
  };
}
