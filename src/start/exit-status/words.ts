import { shellTree } from "../../shell/script-tree.ts";
import { listEnds, subshellEnds } from "./evaluate.ts";
import { deeper, type ShellState, type SimpleEnds } from "./shell-state.ts";
import { type Status, type StatusSource, type StatusSources, together } from "./status.ts";
import { substitutionsIn } from "./substitutions.ts";

const VARIABLE = /\$\{?([A-Za-z_]\w*|[?!])/g;

/** Sources of the values of words: their variables, and the commands substituted in them. */
export function wordSources(words: readonly string[], state: ShellState, simple: SimpleEnds): StatusSources {
  const sources = new Set<StatusSource>();
  for (const word of words) {
    for (const [, name = ""] of word.matchAll(VARIABLE)) addAll(sources, variableSources(name, state));
    for (const { status, output } of substituted(word, state, simple)) {
      addAll(sources, status.sources);
      addAll(sources, output);
    }
  }
  return sources;
}

function addAll(target: Set<StatusSource>, sources: StatusSources): void {
  for (const source of sources) target.add(source);
}

function variableSources(name: string, state: ShellState): StatusSources {
  if (name === "?") return state.last.sources;
  if (name === "!") return state.background;
  return state.variables.get(name)?.sources ?? new Set();
}

interface Substituted {
  readonly status: Status;
  readonly output: StatusSources;
}

/** Status and output of each command that is substituted in a word. */
export function substituted(word: string, state: ShellState, simple: SimpleEnds): readonly Substituted[] {
  return substitutionsIn(word).map((text) =>
    deeper(state, () => {
      const place = { piped: undefined, tested: false, simple };
      const { normal, output } = subshellEnds((inner) => listEnds(shellTree(text), place, inner), state);
      return { status: normal, output };
    }),
  );
}

/**
 * The word with the values of variables that are known literals, and with `$?` replaced after a certain
 * success.
 */
export function withKnown(word: string, { variables, last }: ShellState): string {
  const valueOf = (whole: string, name: string): string => {
    if (name === "?") return last.other ? whole : "0";
    return variables.get(name)?.text ?? whole;
  };
  return word.replace(/\$\{(\w+|\?)\}/g, valueOf).replace(/\$([A-Za-z_]\w*|\?)/g, valueOf);
}

/** Assigns `NAME=value`, under the conditions of the current command. */
export function assign(assignment: string, state: ShellState, simple: SimpleEnds): void {
  const [, name = "", value = ""] = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=([^]*)$/.exec(assignment) ?? [];
  if (name === "") return;
  const text = withKnown(value, state);
  const before = state.uncertain
    ? (state.variables.get(name)?.sources ?? new Set<StatusSource>())
    : new Set<StatusSource>();
  const sources = together(wordSources([value], state, simple), state.path, before);
  const isLiteral = !state.uncertain && !/[$`]/.test(text) && !assignment.includes("+=");
  state.variables.set(name, { sources, ...(isLiteral ? { text } : {}) });
}
