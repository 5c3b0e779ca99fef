import type { Escape } from "./lines.ts";

/** A word of an instruction as written, quotes included. */
export interface Word {
  readonly text: string;
  /** Offset in the instruction's text. */
  readonly offset: number;
}

/**
 * Words between ASCII white space (a pasted no-break space does not separate), for FROM, EXPOSE, COPY, ADD
 * and VOLUME.
 */
export function plainWords(text: string, from: number): readonly Word[] {
  const pattern = /[^\t\v\f\r\n ]+/g;
  pattern.lastIndex = from;
  const words: Word[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    words.push({ text: match[0], offset: match.index });
  }
  return words;
}

/** Words that may contain white space within quotes or after escapes, for ENV, ARG and LABEL. */
export function quotedWords(text: string, from: number, escape: Escape): readonly Word[] {
  const words: Word[] = [];
  let offset = -1;
  let quote = "";
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === "" && /\s/.test(character)) {
      if (offset >= 0) words.push({ text: text.slice(offset, at), offset });
      offset = -1;
      continue;
    }
    if (offset < 0) offset = at;
    if (character === escape && quote !== "'") at += 1;
    else if (character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
  }
  if (offset >= 0) words.push({ text: text.slice(offset), offset });
  return words;
}

/**
 * Strings of a JSON array; `mixed` for an array with other members, undefined for a text that is not an
 * array.
 */
export function jsonWords(text: string): readonly string[] | "mixed" | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // BuildKit takes this text for the shell form.
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  return parsed.every((word) => typeof word === "string") ? parsed : "mixed";
}
