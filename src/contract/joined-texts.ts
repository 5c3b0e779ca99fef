import type { Text } from "./text.ts";

/** Joins sentences, each once. */
export function joinedTexts(texts: readonly Text[]): Text {
  return {
    fr: [...new Set(texts.map(({ fr }) => fr))].join(" ; "),
    en: [...new Set(texts.map(({ en }) => en))].join("; "),
  };
}
