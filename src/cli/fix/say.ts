import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { maskText } from "../../secrets/scan.ts";
import { printable } from "../terminal/printable.ts";

/** One remark about a file of the user's. */
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

/** `web.yaml:12: left to you: [web] …`, and the remedy on a line of its own. */
export function sentence({ label, file, line, container, message, remedy }: Said, lang: Lang): string {
  const place = line === undefined ? excerpt(file) : `${excerpt(file)}:${line}`;
  const colon = lang === "fr" ? " :" : ":";
  const who = container === undefined ? "" : `[${excerpt(container)}] `;
  const what = `${place}: ${LABELS[label][lang]}${colon} ${who}${message[lang]}`;
  return printable(maskText(remedy === undefined ? `${what}\n` : `${what}\n    → ${remedy[lang]}\n`));
}
