import { posix } from "node:path";
import { unwrap } from "./wrappers.ts";

/** What of a command can give values to variables; positional parameters already replaced. */
interface Assigning {
  readonly assignments: readonly string[];
  readonly words: readonly string[];
}

/** Values of one variable that are told apart, and commands that a word can stand for. */
const ALTERNATIVES = 8;
/** Characters of a value: what a script builds up is no command's name. */
const CHARACTERS = 4_096;
/** Variables behind one another. */
const DEPTH = 8;

const DECLARES = new Set(["export", "local", "declare", "readonly", "typeset"]);
const READS = new Set(["read", "getopts", "mapfile", "readarray"]);
const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=([^]*)$/;
/** One expansion: `$A`, `${A}`, `${A[@]}`, `${A:-word}`, `$(command)`, `` `command` ``. */
const EXPANSION =
  /\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:\[[@*]\])?\}|\$\{([A-Za-z_]\w*)(:?[-=+])([^{}]*)\}|\$\(([^()`]*)\)|`([^`]*)`/g;
/** Commands that print the name of the program that they are asked for, or their own words. */
const PRINTS =
  /^\s{0,9}(?:which|command -v|type -p|type -P|echo|printf ["']{0,2}%s["']{0,2})\s{1,9}["']?([\w./-]+)["']?\s{0,9}(?:2>\s{0,9}\/dev\/null\s{0,9})?$/;
const DIRNAME = /^\s{0,9}dirname\s{1,9}(?:--\s{1,9})?["']?(\/[^"'$\s]*)["']?\s{0,9}$/;

/**
 * The variables of a start's shell scripts, as far as their commands' names depend on them. A value whose
 * expansion is not known stands as written: `$JAVA_HOME/bin/java`.
 */
export class ShellVariables {
  /** Undefined: nobody knows the value. */
  readonly #values = new Map<string, readonly string[] | undefined>();
  readonly #isOpen: boolean;

  /**
   * @param env `NAME=value`
   * @param isOpen there are variables that only the cluster knows
   */
  constructor(env: readonly string[], isOpen = false) {
    this.#isOpen = isOpen;
    for (const entry of env) {
      const [, name, , value = ""] = ASSIGNMENT.exec(entry) ?? [];
      if (name !== undefined) this.#values.set(name, value.includes("$(") ? undefined : [value]);
    }
  }

  /** Takes note of what a command sets; `certain` unless the command may not run. */
  assign({ assignments, words }: Assigning, certain: boolean): void {
    const [name = ""] = words;
    if (READS.has(name)) for (const word of words.slice(1)) this.#values.set(word, undefined);
    const own = words.length === 0 ? assignments : DECLARES.has(name) ? words.slice(1) : [];
    for (const text of own) this.#set(text, certain);
  }

  /** What a loop or a script that was not seen gives to it, nobody knows. */
  forget(name: string): void {
    this.#values.set(name, undefined);
  }

  /** The commands that these words can be, once the names of program and wrappers are replaced by their values. */
  commands(words: readonly string[], depth = DEPTH): readonly (readonly string[])[] {
    const [name = "", ...rest] = words;
    if (depth === 0 || name === "") return [words];
    if (name === "." || name === "source") {
      const [file = "", ...args] = rest;
      return this.expand(file).map((one) => [name, one, ...args]);
    }
    if (!isComputed(name)) {
      const { inner } = unwrap(words);
      if (inner.length === 0 || !inner.some(isComputed)) return [words];
      const head = words.slice(0, words.length - inner.length);
      return this.commands(inner, depth - 1).map((one) => [...head, ...one]);
    }
    const all = this.expand(name).flatMap((value) => {
      const given = [...value.split(/\s+/).filter((word) => word !== ""), ...rest];
      // Set to nothing, and no other program behind it: whoever runs the script gives it a value.
      const isGiven = given[0] === undefined || given[0].startsWith("-");
      return given[0] === name || isGiven ? [isGiven ? words : given] : this.commands(given, depth - 1);
    });
    return all.slice(0, ALTERNATIVES);
  }

  /** What the word can stand for. */
  expand(text: string): readonly string[] {
    let results: readonly string[] = [""];
    let at = 0;
    for (const match of text.matchAll(EXPANSION)) {
      const before = text.slice(at, match.index);
      const values = this.#valuesOf(match);
      results = joined(results, before, values);
      at = match.index + match[0].length;
    }
    return joined(results, text.slice(at), [""]);
  }

  #valuesOf([
    written,
    plain,
    braced,
    tested,
    operator = "",
    word = "",
    command,
    quoted,
  ]: RegExpExecArray): readonly string[] {
    const name = plain ?? braced;
    if (name !== undefined) return this.#known(name) ?? [written];
    if (tested !== undefined) return this.#substituted(tested, operator, word) ?? [written];
    const text = String(command ?? quoted);
    const printed = PRINTS.exec(text)?.[1];
    if (printed !== undefined) return [printed];
    const folder = DIRNAME.exec(text)?.[1];
    return [folder === undefined ? written : posix.dirname(folder)];
  }

  /** `${A:-word}` and its kin. */
  #substituted(name: string, operator: string, word: string): readonly string[] | undefined {
    const known = this.#known(name);
    const given = this.expand(word.replace(/^["']|["']$/g, ""));
    if (known === undefined) return undefined;
    if (operator.endsWith("+")) return known.flatMap((value) => (value === "" ? [""] : given));
    return known.flatMap((value) => (value === "" ? given : [value]));
  }

  #known(name: string): readonly string[] | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    return this.#isOpen ? undefined : [""];
  }

  #set(text: string, certain: boolean): void {
    const [, name, plus, given = ""] = ASSIGNMENT.exec(text) ?? [];
    if (name === undefined) return;
    // An array is its words.
    const value = given.startsWith("(") ? given.replace(/^\(|\)$/g, "") : given;
    const before = this.#known(name);
    const own = value.length > CHARACTERS ? undefined : this.expand(value);
    const next =
      plus === "+" && own !== undefined
        ? before && joined(before, given.startsWith("(") ? " " : "", own)
        : own;
    const either =
      next === undefined || before === undefined ? undefined : [...new Set([...before, ...next])];
    const all = certain ? next : either;
    const isKept =
      all !== undefined && all.length <= ALTERNATIVES && all.every(({ length }) => length <= CHARACTERS);
    this.#values.set(name, isKept ? all : undefined);
  }
}

/** The program's own name depends on what only the shell knows. */
export function isComputed(word: string): boolean {
  return /[$`]/.test(word);
}

function joined(heads: readonly string[], middle: string, tails: readonly string[]): readonly string[] {
  return heads.flatMap((head) => tails.map((tail) => head + middle + tail)).slice(0, ALTERNATIVES);
}
