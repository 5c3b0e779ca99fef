import { shellTree } from "../../shell/script-tree.ts";
import { isShell, shellCall } from "../../shell/shells.ts";
import { commandName, executedBy } from "../../shell/wrappers.ts";
import { listEnds, subshellEnds } from "./evaluate.ts";
import { programEnds } from "./program.ts";
import { deeper, type Ends, type ShellState, type SimpleEnds } from "./shell-state.ts";
import {
  anyOf,
  either,
  NO_SOURCES,
  OTHER,
  type Status,
  type StatusSources,
  together,
  ZERO,
} from "./status.ts";
import { testStatus } from "./tests.ts";
import { assign, wordSources } from "./words.ts";

/** Facts about the image in which a command runs. */
export interface CommandPlace {
  /** Text of a shell script of the image, by the word that names it. */
  readonly scriptOf: (name: string) => string | undefined;
  /** Path of a shell after following links: `/bin/dash` for `sh`. */
  readonly shellOf: (name: string) => string | undefined;
}

const DECLARES = new Set(["export", "local", "declare", "readonly", "typeset"]);

/** A simple command with words, called in a shell. */
export class CommandCall {
  private readonly place: CommandPlace;
  private readonly simple: SimpleEnds;
  private readonly state: ShellState;
  private readonly input: StatusSources | undefined;

  constructor(place: CommandPlace, simple: SimpleEnds, state: ShellState, input: StatusSources | undefined) {
    this.place = place;
    this.simple = simple;
    this.state = state;
    this.input = input;
  }

  call(words: readonly string[]): Ends {
    return this.builtin(words) ?? this.inner(words) ?? this.program(words);
  }

  /** Ends of a built-in that changes the shell's state; undefined for another command. */
  private builtin(words: readonly string[]): Ends | undefined {
    const { state, simple } = this;
    const [name = "", first = "", second = ""] = words;
    const sources = () => together(wordSources(words.slice(1), state, simple), this.input ?? NO_SOURCES);
    if (name === "exit") return { exit: this.leave(first), output: NO_SOURCES };
    if (name === "return") return { returned: this.leave(first), output: NO_SOURCES };
    if (name === "eval") return this.text(words.slice(1).join(" "));
    if (name === "trap") {
      if (/^(?:EXIT|0)$/.test(second)) state.atExit = first;
      return DONE;
    }
    if (name === "set") {
      this.options(words);
      return DONE;
    }
    if (name === "wait")
      return { normal: first === "" ? ZERO : either(state.background), output: NO_SOURCES };
    if (DECLARES.has(name)) {
      for (const word of words.slice(1)) assign(word, state, simple);
      return DONE;
    }
    if (name === "read") {
      for (const word of words.slice(1)) state.variables.set(word, { sources: sources() });
      return { normal: either(sources()), output: NO_SOURCES };
    }
    if (["test", "[", "[[", "(("].includes(name)) {
      return {
        normal: testStatus(words, wordSources(words, state, simple), state.written),
        output: NO_SOURCES,
      };
    }
    return undefined;
  }

  /** Status of `exit N`; without N, that of the latest command. */
  private leave(argument: string): Status {
    const { state, simple } = this;
    const conditions = state.path;
    const own =
      argument === "" || argument === "$?"
        ? state.last
        : /^\d+$/.test(argument)
          ? Number.parseInt(argument, 10) % 256 === 0
            ? ZERO
            : OTHER
          : either(together(wordSources([argument], state, simple), state.last.sources));
    return { ...own, sources: together(own.sources, conditions) };
  }

  private options(words: readonly string[]): void {
    const { state } = this;
    for (const [index, word] of words.entries()) {
      if (/^-[a-z]*e/.test(word)) state.errexit = true;
      if (/^\+[a-z]*e/.test(word)) state.errexit = false;
      if (word === "errexit") state.errexit = !String(words[index - 1]).startsWith("+");
      if (word === "pipefail") state.pipefail = !String(words[index - 1]).startsWith("+");
    }
  }

  /** Ends of a text that this shell runs. */
  private text(script: string): Ends {
    const { state, simple, input } = this;
    return deeper(state, () => listEnds(shellTree(script), { piped: input, tested: false, simple }, state));
  }

  /**
   * Ends of the command, text or script that this command runs; undefined if it runs none, or an unknown one.
   */
  private inner(words: readonly string[]): Ends | undefined {
    const [name = "", first = ""] = words;
    if (name === "." || name === "source") {
      const script = this.place.scriptOf(first);
      return script === undefined ? undefined : this.text(script);
    }
    const call = shellCall(words);
    if (call !== undefined) return this.shell(words, call);
    // A probe's standard input is empty: an interpreter without a script reads its end and succeeds.
    if (isInterpreter(words) && this.input === undefined) return DONE;
    if (commandName(name) === "busybox") return /^(?:-|$)/.test(first) ? DONE : this.call(words.slice(1));
    if (name === "time" || name === "builtin") return this.call(words.slice(1));
    const own = executedBy(words);
    if (own.length > 0) return this.started(name, own);
    if (name === "exec") return DONE;
    const script = this.place.scriptOf(name);
    return script === undefined ? undefined : this.shellText(script, name, []);
  }

  private started(name: string, words: readonly string[]): Ends {
    const ends = this.call(words);
    const status = anyOf(ends.normal, ends.exit, ends.returned);
    if (name === "exec")
      return { exit: { ...status, sources: together(status.sources, this.state.path) }, output: ends.output };
    const takesInput = commandName(name) === "xargs" && status.zero && status.other;
    const normal = takesInput ? either(together(status.sources, this.input ?? NO_SOURCES)) : status;
    return { normal, output: ends.output };
  }

  private shell(
    words: readonly string[],
    { inline, index }: { inline: boolean; index: number },
  ): Ends | undefined {
    const word = String(words[index]);
    if (!inline && word === "/dev/null") return DONE;
    const text = inline ? word : this.place.scriptOf(word);
    return text === undefined ? undefined : this.shellText(text, String(words[0]), words.slice(0, index));
  }

  /** Ends of another shell that runs the text. */
  private shellText(text: string, name: string, options: readonly string[]): Ends {
    const { state, simple, input } = this;
    return deeper(state, () =>
      subshellEnds((inner) => {
        inner.errexit = options.some((word) => /^-[a-z]*e/.test(word));
        inner.pipefail = options.includes("pipefail");
        inner.script = { text, shell: this.place.shellOf(name) ?? name };
        delete inner.atExit;
        const ends = listEnds(shellTree(text), { piped: input, tested: false, simple }, inner);
        return inner.atExit === undefined ? ends : this.afterTrap(inner.atExit, ends, inner);
      }, state),
    );
  }

  /** Ends of a script with a handler of EXIT, which runs last and may change the status by its own `exit`. */
  private afterTrap(handler: string, ends: Ends, state: ShellState): Ends {
    const own = listEnds(shellTree(handler), { piped: undefined, tested: false, simple: this.simple }, state);
    return own.exit === undefined ? ends : { ...own, output: ends.output };
  }

  private program(words: readonly string[]): Ends {
    const sources = wordSources(words, this.state, this.simple);
    return programEnds(words, {
      input: this.input,
      sources,
      script: this.state.script,
      written: this.state.written,
    });
  }
}

const INTERPRETERS = /^(?:node|nodejs|python[\d.]*|perl|ruby|php|lua[\d.]*)$/;

/** Whether the words start an interpreter without a script: `sh`, `bash -x`, `python3`. */
function isInterpreter(words: readonly string[]): boolean {
  if (isShell(words)) return shellCall(words) === undefined;
  return words.length === 1 && INTERPRETERS.test(commandName(words[0]));
}

const DONE: Ends = { normal: ZERO, output: NO_SOURCES };
