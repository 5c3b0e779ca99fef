import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Condition } from "./conditions.ts";

/** Positional parameters of a script or function. */
export interface ShellArguments {
  /** Value of `$0`, if known. */
  readonly name?: string;
  readonly words: readonly string[];
  /** Whether the arguments are certain; false once the script may have changed them. */
  readonly known: boolean;
}

const ALL = /^\$(?:[@*]|\{[@*]\})$/;
const POSITIONAL = /\$(?:([0-9*@#])|\{([0-9*@#])(?::?-([^{}$]*))?\})/g;

/**
 * A command's words with `$@` and `$1` replaced, and the index of the first word from `$@`. Throws
 * InvalidInputError beyond LIMITS.argvWords and argumentCharacters.
 */
export function expandWords(
  words: readonly string[],
  args: ShellArguments,
): { readonly words: readonly string[]; readonly handedOn: number } {
  checkSize(words, args);
  return {
    words: words.flatMap((word) => (ALL.test(word) ? args.words : [expandWord(word, args)])),
    handedOn: words.findIndex((word) => ALL.test(word)),
  };
}

/** Parameters after `shift` and `set --`; `certain` is false if the command may not run. */
export function argumentsAfter(
  words: readonly string[],
  args: ShellArguments,
  certain: boolean,
): ShellArguments {
  const [name, first] = words;
  const sets = name === "set" && first === "--";
  const evaluates = name === "eval" && /^set\b/.test(String(first));
  if (name !== "shift" && !sets && !evaluates) return args;
  if (!certain || evaluates) return { ...args, known: false };
  if (sets) return { ...args, words: words.slice(2) };
  return { ...args, words: args.words.slice(first === undefined ? 1 : Number.parseInt(first, 10) || 0) };
}

/**
 * Whether a condition holds for these arguments; undefined if it depends on anything else. Throws like
 * expandWords().
 */
export function holdsFor({ words, holds }: Condition, args: ShellArguments): boolean | undefined {
  checkSize(words, args);
  const result = evaluateList(words.map((word) => (args.known ? expandWord(word, args) : word)));
  return result === undefined ? undefined : result === holds;
}

/** Checks the size of arguments: `set -- "$@" "$@"` doubles them with every line. */
function checkSize(words: readonly string[], args: ShellArguments): void {
  if (args.words.length > LIMITS.argvWords) throw exceeded("argvWords");
  const dollars = words.reduce((sum, word) => sum + word.split("$").length - 1, 0);
  if (dollars === 0) return;
  const characters = args.words.reduce((sum, word) => sum + word.length + 1, 0);
  if (dollars * characters > LIMITS.argumentCharacters) throw exceeded("argumentCharacters");
}

function exceeded(bound: "argvWords" | "argumentCharacters"): InvalidInputError {
  const limit = `${LIMITS[bound]} (${bound})`;
  return new InvalidInputError("shell-arguments", {
    fr: `les arguments d'un script de démarrage dépassent une borne : ${limit} ; le simplifier`,
    en: `the arguments of a start script exceed a bound: ${limit}; simplify it`,
  });
}

function expandWord(word: string, args: ShellArguments): string {
  const { words } = args;
  return word.replace(POSITIONAL, (whole, plain?: string, braced?: string, fallback = "") => {
    const name = plain ?? braced;
    if (name === "0") return args.name ?? whole;
    if (name === "#") return String(words.length);
    if (name === "@" || name === "*") return words.join(" ");
    return words[Number(name) - 1] || fallback;
  });
}

/** Result of `[ A ] && [ B ]` or `[ A ] || [ B ]`; undefined for a list with both operators. */
function evaluateList(words: readonly string[]): boolean | undefined {
  const any = words.includes("||");
  if (any && words.includes("&&")) return undefined;
  const results = splitAt(words, any ? "||" : "&&").map(evaluate);
  if (results.includes(any)) return any;
  return results.includes(undefined) ? undefined : !any;
}

function splitAt(words: readonly string[], operator: string): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let part: string[] = [];
  for (const word of words) {
    if (word === operator) {
      parts.push(part);
      part = [];
    } else part.push(word);
  }
  return [...parts, part];
}

function evaluate(words: readonly string[]): boolean | undefined {
  const [first, ...rest] = words;
  if (first === "!") {
    const result = evaluate(rest);
    return result === undefined ? undefined : !result;
  }
  if (words.some((word) => /[$`]/.test(word))) return undefined;
  if (first === "case") return evaluateCase(rest);
  const globs = first === "[[";
  const test = first === "test" ? rest : globs || first === "[" ? trimBrackets(rest) : [];
  const [left = "", operator, right = ""] = test;
  if (test.length === 2 && left === "-z") return operator === "";
  if (test.length === 2 && left === "-n") return operator !== "";
  if (test.length !== 3) return undefined;
  const equal = globs ? matchesGlob(left, right) : left === right;
  if (equal === undefined) return undefined;
  if (operator === "=" || operator === "==" || operator === "-eq") return equal;
  return operator === "!=" || operator === "-ne" ? !equal : undefined;
}

function evaluateCase([subject = "", ...patterns]: readonly string[]): boolean | undefined {
  const results = patterns.map((pattern) => matchesGlob(subject, pattern));
  if (results.includes(true)) return true;
  return results.includes(undefined) ? undefined : false;
}

/** Words without brackets; `&&` between brackets may already have separated `]]` from its list. */
function trimBrackets(words: readonly string[]): readonly string[] {
  return /^\]{1,2}$/.test(words.at(-1) ?? "") ? words.slice(0, -1) : words;
}

/**
 * Whether a text matches a shell pattern of literals and `*`; undefined for a pattern with `?` or any brackets.
 */
function matchesGlob(text: string, pattern: string): boolean | undefined {
  if (/[?[\]()]/.test(pattern)) return undefined;
  const [prefix = "", ...parts] = pattern.split("*");
  const suffix = parts.pop();
  if (suffix === undefined) return text === pattern;
  if (!text.startsWith(prefix) || !text.endsWith(suffix)) return false;
  let at = prefix.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - suffix.length;
}
