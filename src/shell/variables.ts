import { posix } from "node:path";
import { unwrap } from "./wrappers.ts";

/** Parts of a command that can set variables, with positional parameters already replaced. */
interface Assigning {
  readonly assignments: readonly string[];
  readonly words: readonly string[];
}

/** Maximum number of alternative values of one variable, and of commands to which one word can expand. */
const ALTERNATIVES = 8;
/** Maximum number of characters of a value; a longer one is not the name of a command. */
const CHARACTERS = 4_096;
/** Depth of variables that refer to each other. */
const DEPTH = 8;

const DECLARES = new Set(["export", "local", "declare", "readonly", "typeset"]);
const READS = new Set(["read", "getopts", "mapfile", "readarray"]);
const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=([^]*)$/;
/** An expansion: `$A`, `${A}`, `${A[@]}`, `${A:-word}`, `$(command)`, `` `command` ``. */
const EXPANSION =
  /\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?:\[[@*]\])?\}|\$\{([A-Za-z_]\w*)(:?[-=+])([^{}]*)\}|\$\(([^()`]*)\)|`([^`]*)`/g;
/** Commands that print the name of a program, `which node`, or a word, `echo node`. */
const PRINTS =
  /^\s{0,9}(?:which|command -v|type -p|type -P|echo|printf ["']{0,2}%s["']{0,2})\s{1,9}["']?([\w./-]+)["']?\s{0,9}(?:2>\s{0,9}\/dev\/null\s{0,9})?$/;
const DIRNAME = /^\s{0,9}dirname\s{1,9}(?:--\s{1,9})?["']?(\/[^"'$\s]*)["']?\s{0,9}$/;

/**
 * Variables of start scripts, as far as names of commands depend on them. Unknown expansions stay as written:
 * `$JAVA_HOME/bin/java`.
 */
export class ShellVariables {
  /** Possible values; undefined if the value is unknown. */
  readonly #values = new Map<string, readonly string[] | undefined>();
  readonly #isOpen: boolean;

  /**
   * @param env `NAME=value`
   * @param isOpen whether there are variables that only the cluster knows
   */
  constructor(env: readonly string[], isOpen = false) {
    this.#isOpen = isOpen;
    for (const entry of env) {
      const [, name, , value = ""] = ASSIGNMENT.exec(entry) ?? [];
      if (name !== undefined) this.#values.set(name, value.includes("$(") ? undefined : [value]);
    }
  }

  /** Records the variables that a command sets; `certain` is false if the command may not run. */
  assign({ assignments, words }: Assigning, certain: boolean): void {
    const [name = ""] = words;
    if (READS.has(name)) for (const word of words.slice(1)) this.#values.set(word, undefined);
    const own = words.length === 0 ? assignments : DECLARES.has(name) ? words.slice(1) : [];
    for (const text of own) this.#set(text, certain);
  }

  /** Marks a variable as unknown, because a loop or an unseen script sets it. */
  forget(name: string): void {
    this.#values.set(name, undefined);
  }

  /**
   * Commands that these words may represent, with variables in the names of program and wrappers replaced.
   */
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
      // The value is empty and no other program follows, so the value comes from outside the script.
      const isGiven = given[0] === undefined || given[0].startsWith("-");
      return given[0] === name || isGiven ? [isGiven ? words : given] : this.commands(given, depth - 1);
    });
    return all.slice(0, ALTERNATIVES);
  }

  /** Possible expansions of the word. */
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

  /** Values of `${A:-word}` and similar expansions. */
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
    // An array expands to its words.
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

/** Whether the program's name depends on an expansion. */
export function isComputed(word: string): boolean {
  return /[$`]/.test(word);
}

function joined(heads: readonly string[], middle: string, tails: readonly string[]): readonly string[] {
  return heads.flatMap((head) => tails.map((tail) => head + middle + tail)).slice(0, ALTERNATIVES);
}
