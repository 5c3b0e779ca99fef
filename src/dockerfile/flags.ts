import type { DockerfileProblem, Position } from "../contract/dockerfile-facts.ts";
import type { Escape } from "./lines.ts";
import { refused } from "./problem.ts";

/** An option before an instruction's arguments, such as `--from=builder`. */
export interface Flag {
  /** Name without its dashes. */
  readonly name: string;
  /** Value as written; absent without `=`. */
  readonly value?: string;
  readonly offset: number;
}

export interface ReadFlags {
  readonly flags: readonly Flag[];
  /** Offset at which the arguments begin. */
  readonly end: number;
  problems(
    instruction: string,
    known: readonly string[],
    position: (offset: number) => Position,
  ): readonly DockerfileProblem[];
}

const SWITCHES = new Set(["link", "keep-git-dir", "parents", "unpack"]);
const REPEATED = new Set(["mount", "exclude", "device"]);

/** Options of an instruction, read from the offset after its name. */
export function readFlags(text: string, from: number, escape: Escape): ReadFlags {
  const flags: Flag[] = [];
  let at = skipSpace(text, from);
  while (text.startsWith("--", at)) {
    const end = endOfWord(text, at, escape);
    const word = text.slice(at + 2, end);
    const offset = at;
    at = skipSpace(text, end);
    // `--` alone ends the options.
    if (word === "") break;
    const equals = word.indexOf("=");
    flags.push(
      equals === -1
        ? { name: word, offset }
        : { name: word.slice(0, equals), value: word.slice(equals + 1), offset },
    );
  }
  return {
    flags,
    end: at,
    problems: (instruction, known, position) => problemsOf(flags, instruction, known, position),
  };
}

function problemsOf(
  flags: readonly Flag[],
  instruction: string,
  known: readonly string[],
  position: (offset: number) => Position,
): readonly DockerfileProblem[] {
  const seen = new Set<string>();
  return flags.flatMap(({ name, value, offset }) => {
    const at = position(offset);
    const shown = `--${name}`;
    if (!known.includes(name)) return [refused.flag(shown, instruction, at)];
    if (seen.has(name) && !REPEATED.has(name)) return [refused.flagTwice(shown, instruction, at)];
    seen.add(name);
    return value === undefined && !SWITCHES.has(name) ? [refused.flagValue(shown, instruction, at)] : [];
  });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}

function endOfWord(text: string, from: number, escape: Escape): number {
  let quote = "";
  let at = from;
  for (; at < text.length && (quote !== "" || !/\s/.test(text.charAt(at))); at += 1) {
    const character = text.charAt(at);
    if (character === escape) at += 1;
    else if (character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
  }
  return Math.min(at, text.length);
}
