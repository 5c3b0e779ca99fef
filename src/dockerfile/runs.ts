import type { Position, RunCommandFacts, RunFacts } from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { type ShellCommand, shellCommands } from "../shell/commands.ts";
import { isShellScript } from "../shell/interpreter.ts";
import { isShell, shellForm } from "../shell/shells.ts";
import type { Instruction } from "./instruction.ts";
import type { SourceLine } from "./lines.ts";

/** The commands of a RUN: of its shell form, of `sh -c` in its exec form, of a here-document. */
export function runFacts(instruction: Instruction): RunFacts {
  const { at, json, heredocs, line, offset } = instruction;
  if (json !== undefined) {
    const script = shellForm(json);
    if (script === undefined) return { at, commands: [{ words: json, at }] };
    return { at, commands: read(script).flatMap((command) => factsOf(command, at)) };
  }
  const own = commandsOf(line.linesFrom(offset), at);
  const [heredoc] = heredocs;
  const handed = own.every(({ words }) => words.length === 1 && isShell(words));
  if (heredoc === undefined || !handed || !isShellScript(heredoc.content)) return { at, commands: own };
  const lines = heredoc.content
    .split("\n")
    .map((text, index) => ({ text, line: heredoc.line + index, column: 1 }));
  return { at, commands: commandsOf(lines, at, "\n") };
}

function commandsOf(lines: readonly SourceLine[], at: Position, joint = "\\\n"): readonly RunCommandFacts[] {
  /** Where in each line the next command is looked for. */
  const cursors = new Map<number, number>();
  return read(lines.map(({ text }) => text).join(joint)).flatMap((command) => {
    const { words, line } = command;
    const source = lines[line - 1];
    if (source === undefined) return factsOf(command, at);
    const from = cursors.get(line) ?? 0;
    const found = source.text.indexOf(words[0] ?? "", from);
    const offset = found === -1 ? from : found;
    cursors.set(line, offset + 1);
    return factsOf(command, { line: source.line, column: source.column + offset });
  });
}

const WRITES = /^(?:1?>{1,2}|1?>\||&>{1,2})$/;

/** The command, or those of its text when it is a shell that is given one: `bash -c "a && b"`. */
function factsOf(command: ShellCommand, at: Position): readonly RunCommandFacts[] {
  const { words } = command;
  const script = shellForm(words);
  const inner = script === undefined ? [] : read(script).map((one) => plainFacts(one, at));
  return inner.length > 0 ? inner : [plainFacts(command, at)];
}

function plainFacts(command: ShellCommand, at: Position): RunCommandFacts {
  const { words } = command;
  const writes = writesOf(command);
  return writes.length === 0 ? { words, at } : { words, writes, at };
}

function writesOf({ redirections }: ShellCommand): readonly string[] {
  return redirections.filter(({ operator }) => WRITES.test(operator)).map(({ target }) => target);
}

/** What is too complex to be read has no commands to judge. */
function read(script: string): readonly ShellCommand[] {
  try {
    return shellCommands(script).filter(
      (command) => command.words.length > 0 || writesOf(command).length > 0,
    );
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
}
