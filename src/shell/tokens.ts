import { arithmeticAt } from "./arithmetic.ts";

/** A token of a shell script: a word or an operator. Lines count from 1. */
export type ShellToken =
  | {
      readonly kind: "word";
      /** Text without quotes; expansions (`$HOME`, `$(id -u)`) stay as written. */
      readonly text: string;
      /**
       * Whether no part of the word is quoted; only then can it be a reserved word or a descriptor number.
       */
      readonly bare: boolean;
      /** Text as written, with its quotes. */
      readonly written: string;
      readonly line: number;
    }
  | { readonly kind: "operator"; readonly text: string; readonly line: number };

/**
 * Operators of the shell, the longest first, as the POSIX grammar demands
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03).
 */
const OPERATOR = /\d{0,20}(?:<<<|<<-|<<|<&|<>|<|>>|>&|>\||>)|&>>|;;&|&&|\|\||;;|;&|\|&|&>|[\n;&|()]/y;
const BLANK = /(?:[ \t\r]|\\\r?\n)+/y;
const COMMENT = /#[^\n]*/y;
const PLAIN = /[^ \t\r\n;&|()<>"'`\\$]+/y;
const PARAMETER = /[\w@*#?$!-]/;

/**
 * Splits a shell script into words and operators, without comments and bodies of here-documents. Never fails:
 * an unclosed construct extends to the end.
 */
export function shellTokens(script: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  const pending: string[] = [];
  let at = 0;
  let line = 1;
  while (at < script.length) {
    const skipped = match(BLANK, script, at) ?? match(COMMENT, script, at);
    if (skipped !== undefined) {
      line += lines(skipped);
      at += skipped.length;
      continue;
    }
    const arithmetic = arithmeticAt(script, at);
    if (arithmetic !== undefined) {
      for (const text of arithmetic.words) {
        tokens.push({ kind: "word", text, bare: true, written: text, line });
      }
      line += lines(script.slice(at, arithmetic.end));
      at = arithmetic.end;
      continue;
    }
    const operator = match(OPERATOR, script, at);
    if (operator === undefined) {
      const word = readWord(script, at);
      const written = script.slice(at, word.end);
      tokens.push({ kind: "word", text: word.text, bare: word.bare, written, line });
      const before = tokens.at(-2);
      if (before?.kind === "operator" && /^\d*<<-?$/.test(before.text)) pending.push(word.text);
      line += lines(written);
      at = word.end;
      continue;
    }
    tokens.push({ kind: "operator", text: operator, line });
    at += operator.length;
    if (operator !== "\n") continue;
    line += 1;
    for (const delimiter of pending.splice(0)) {
      const end = endOfHereDocument(script, at, delimiter);
      line += lines(script.slice(at, end));
      at = end;
    }
  }
  return tokens;
}

function readWord(
  script: string,
  start: number,
): { readonly text: string; readonly bare: boolean; readonly end: number } {
  const parts: string[] = [];
  let bare = true;
  let at = start;
  while (at < script.length && !/[ \t\r\n;&|()<>]/.test(script.charAt(at))) {
    const plain = match(PLAIN, script, at);
    const end = plain === undefined ? endOfPart(script, at) : at + plain.length;
    const part = script.slice(at, end);
    bare &&= !/^["'\\]/.test(part);
    parts.push(unquote(part));
    at = end;
  }
  return { text: parts.join(""), bare, end: at };
}

/** Offset after the quotation, expansion or escape that begins at `start`. */
function endOfPart(script: string, start: number): number {
  if (script[start] === "\\") return Math.min(start + 2, script.length);
  if (script[start] === "$" && !/[({]/.test(script.charAt(start + 1))) {
    return start + (PARAMETER.test(script.charAt(start + 1)) ? 2 : 1);
  }
  const closers: string[] = [];
  let at = start;
  do {
    const character = script.charAt(at);
    const closer = closers.at(-1);
    const opens = closer === "'" ? undefined : opened(character, script.charAt(at + 1), closer);
    if (character === "\\" && closer !== "'") at += 1;
    else if (character === closer) closers.pop();
    else if (opens !== undefined) {
      closers.push(opens);
      if (character === "$") at += 1;
    }
    at += 1;
  } while (closers.length > 0 && at < script.length);
  return Math.min(at, script.length);
}

/**
 * Character that closes a construct opened by this character, inside a construct that `within` closes;
 * undefined if the character opens nothing.
 */
function opened(character: string, next: string, within: string | undefined): string | undefined {
  if (character === "$" && next === "(") return ")";
  if (character === "$" && next === "{") return "}";
  if (character === "`" || character === '"') return character;
  if (character === "'" && within !== '"') return "'";
  return character === "(" && within === ")" ? ")" : undefined;
}

function unquote(part: string): string {
  if (part.startsWith("'")) return part.slice(1, part.length > 1 && part.endsWith("'") ? -1 : undefined);
  if (part.startsWith("\\")) return part.slice(1).replace("\n", "");
  if (!part.startsWith('"')) return part;
  const inner = part.slice(1, part.length > 1 && part.endsWith('"') ? -1 : undefined);
  return inner.replace(/\\(["\\$`])/g, "$1");
}

/** Offset after the line that consists of the delimiter alone (after leading tabs, as with `<<-`). */
function endOfHereDocument(script: string, start: number, delimiter: string): number {
  let at = start;
  while (at < script.length) {
    const newline = script.indexOf("\n", at);
    const end = newline === -1 ? script.length : newline;
    if (script.slice(at, end).replace(/^\t+|\r$/g, "") === delimiter) return Math.min(end + 1, script.length);
    at = end + 1;
  }
  return script.length;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function lines(text: string): number {
  return text.split("\n").length - 1;
}
