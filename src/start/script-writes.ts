import type { ShellCommand } from "../shell/parse-commands.ts";
import { commandName } from "../shell/wrappers.ts";

/** A path that a start script writes. */
export interface ScriptWrite {
  /** Command or operator that writes: `sed -i`, `>`, `mkdir`. */
  readonly by: string;
  readonly path: string;
  /** Whether the write changes content; mkdir and chown change nothing if the state is already as wanted. */
  readonly content: boolean;
}

/** Writes of one command, by redirections and by the command itself. Paths with expansions are omitted. */
export function scriptWrites({
  words,
  redirections,
}: Pick<ShellCommand, "words" | "redirections">): readonly ScriptWrite[] {
  const redirected = redirections
    .filter(({ operator }) => /^(?:\d?>{1,2}|&>{1,2}|\d?>\|)$/.test(operator))
    .map(({ operator, target }) => ({ by: operator, path: target, content: true }));
  return [...redirected, ...ownWrites(words)].filter(
    ({ path }) => /^[^$`*?-]/.test(path) && !/[$`*?]/.test(path),
  );
}

function ownWrites(words: readonly string[]): readonly ScriptWrite[] {
  const name = commandName(words[0]);
  const operands = words.slice(1).filter((word) => !word.startsWith("-"));
  const write = (paths: readonly string[], content: boolean, by = name): readonly ScriptWrite[] =>
    paths.map((path) => ({ by, path, content }));
  switch (name) {
    case "sed": {
      const inPlace = words.some((word) => /^(?:-[nErsz]*i|--in-place)/.test(word));
      // The first operand is the script, unless -e or -f has given it.
      const scripted = words.some((word) => /^-[nErsz]*[ef]$/.test(word));
      return inPlace ? write(operands.slice(scripted ? -1 : 1), true, "sed -i") : [];
    }
    case "tee":
    case "touch":
      return write(operands, true);
    case "cp":
    case "mv":
      return write(operands.slice(1).slice(-1), true);
    case "mkdir":
      return write(operands, false);
    case "chown":
    case "chmod":
      return write(operands.slice(1), false);
    case "ln":
      return write(operands.slice(1).slice(-1), false);
    default:
      return [];
  }
}
