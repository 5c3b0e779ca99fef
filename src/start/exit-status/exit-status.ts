import { shellCall } from "../../shell/shells.ts";
import { innermost } from "../handler-commands.ts";
import { scriptWrites } from "../script-writes.ts";
import { CommandCall, type CommandPlace } from "./command-call.ts";
import { openedBy } from "./redirections.ts";
import { type Ends, newState, type ShellState, type SimpleEnds } from "./shell-state.ts";
import {
  anyOf,
  joined,
  NO_SOURCES,
  OTHER,
  type Status,
  type StatusSources,
  settled,
  together,
  ZERO,
} from "./status.ts";
import { assign, substituted, withKnown } from "./words.ts";

/**
 * Exit statuses that an exec handler's command may have, and the sources that decide between them. A status
 * that is not known to be constant is assumed to depend on the application.
 *
 * @throws InvalidInputError as shellTree() and listEnds()
 */
export function exitStatus(command: readonly string[], place: CommandPlace): Status {
  const simple = simpleEnds(place);
  const node = { assignments: [], words: command, redirections: [] };
  const { normal, exit } = simple(node, undefined, newState());
  return settled(anyOf(normal, exit));
}

function simpleEnds(place: CommandPlace): SimpleEnds {
  const simple: SimpleEnds = ({ assignments, words, redirections }, piped, state) => {
    const opened = openedBy(redirections, state, simple);
    const input = opened.input ?? piped;
    const own = new CommandCall(place, simple, state, input);
    const ends =
      words.length === 0 ? assigned(assignments, state, simple) : own.call(withValues(words, state));
    const output = words.length === 0 ? together(ends.output, opened.input ?? NO_SOURCES) : ends.output;
    for (const path of [...opened.writes, ...touchedBy(words)]) {
      const before = state.uncertain ? (state.written.get(path) ?? NO_SOURCES) : NO_SOURCES;
      state.written.set(path, together(output, before, state.path));
    }
    return opened.failing === undefined
      ? { ...ends, output }
      : unlessRefused({ ...ends, output }, words, opened.failing, state);
  };
  return simple;
}

/** Files that a command of the script itself writes: `touch /tmp/probe`. */
function touchedBy(words: readonly string[]): readonly string[] {
  return scriptWrites({ words, redirections: [] }).flatMap(({ path, content }) => (content ? [path] : []));
}

/** Words with the values of known variables; a text for another shell stays unchanged. */
function withValues(words: readonly string[], state: ShellState): readonly string[] {
  const isText = shellCall(innermost(words)) !== undefined || words[0] === "eval" || words[0] === "trap";
  return isText ? words : words.map((word) => withKnown(word, state));
}

/** Ends of a command whose redirections may fail: `exec 3<FILE` ends the script then. */
function unlessRefused(
  ends: Ends,
  words: readonly string[],
  failing: StatusSources,
  state: ShellState,
): Ends {
  const failed: Status = { ...OTHER, sources: failing };
  if (words.length !== 1 || words[0] !== "exec") {
    return ends.normal === undefined ? ends : { ...ends, normal: joined(failed, ends.normal, failing) };
  }
  state.descriptors = together(state.descriptors, failing);
  return { ...ends, exit: joined(failed, undefined, state.path) };
}

/** Ends of a command that consists only of assignments: the status of its last command substitution. */
function assigned(assignments: readonly string[], state: ShellState, simple: SimpleEnds): Ends {
  let status: Status = ZERO;
  for (const assignment of assignments) {
    status = substituted(assignment, state, simple).at(-1)?.status ?? status;
    assign(assignment, state, simple);
  }
  return { normal: status, output: NO_SOURCES };
}
