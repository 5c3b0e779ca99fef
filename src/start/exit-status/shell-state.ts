import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { ShellNode } from "../../shell/script-nodes.ts";
import { NO_SOURCES, type Status, type StatusSources, ZERO } from "./status.ts";

/** Variable: its text, if it is a literal, and the sources of its value. */
interface Variable {
  readonly text?: string;
  readonly sources: StatusSources;
}

/** State of a shell while its script is evaluated. */
export interface ShellState {
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, ShellNode>;
  /** Status of the latest command: `$?`. */
  last: Status;
  /** Set by `set -e`: a failed command ends the script. */
  errexit: boolean;
  /** Set by `set -o pipefail`: a pipeline fails if any of its commands fails. */
  pipefail: boolean;
  /** Sources of the commands in the background, for `wait $!`. */
  background: StatusSources;
  /** Sources of the descriptors that `exec 3<FILE` has opened. */
  descriptors: StatusSources;
  /** Files that the script wrote, with the sources of their content. */
  readonly written: Map<string, StatusSources>;
  /** Handler of `trap … EXIT`. */
  atExit?: string;
  /** Text that the shell runs, with the shell's path or name. */
  script?: { readonly text: string; readonly shell: string };
  /** Sources of the conditions under which the current command runs: statuses, files, variables. */
  path: StatusSources;
  /** Whether the current command may not run, or more than once. */
  uncertain: boolean;
  /** Calls of functions and texts around the current command. */
  depth: number;
  /** Commands that may still be evaluated. */
  readonly budget: { left: number };
}

/** Ways in which a command may end; an absent way is impossible. */
export interface Ends {
  /** The next command follows. */
  readonly normal?: Status | undefined;
  /** The script ends. */
  readonly exit?: Status | undefined;
  /** The function ends. */
  readonly returned?: Status | undefined;
  /** Sources of the output. */
  readonly output: StatusSources;
}

export type SimpleCommand = Pick<
  Extract<ShellNode, { readonly kind: "simple" }>,
  "assignments" | "words" | "redirections"
>;

/** Ends of a simple command whose standard input depends on `piped`; undefined without a pipe. */
export type SimpleEnds = (
  command: SimpleCommand,
  piped: StatusSources | undefined,
  state: ShellState,
) => Ends;

const DEEPEST = 30;

export function newState(): ShellState {
  return {
    variables: new Map(),
    functions: new Map(),
    last: ZERO,
    errexit: false,
    pipefail: false,
    background: NO_SOURCES,
    descriptors: NO_SOURCES,
    written: new Map(),
    path: NO_SOURCES,
    uncertain: false,
    depth: 0,
    budget: { left: LIMITS.startedCommands },
  };
}

/** Runs a called command, unless calls are nested too deep. */
export function deeper<T>(state: ShellState, run: () => T): T {
  state.depth += 1;
  if (state.depth > DEEPEST) throw tooMuch(`${DEEPEST} levels`);
  const value = run();
  state.depth -= 1;
  return value;
}

export function tooMuch(bound: string): InvalidInputError {
  return new InvalidInputError("shell-status", {
    fr: `une commande de sonde dépasse ce qui en est évalué (${bound}) : la simplifier`,
    en: `a probe's command exceeds what is evaluated of it (${bound}); simplify it`,
  });
}
