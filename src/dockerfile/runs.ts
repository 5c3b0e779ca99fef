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
    return { at, commands: read(script).map(({ words }) => ({ words, at })) };
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
  return read(lines.map(({ text }) => text).join(joint)).map(({ words, line }) => {
    const source = lines[line - 1];
    if (source === undefined) return { words, at };
    const from = cursors.get(line) ?? 0;
    const found = source.text.indexOf(words[0] ?? "", from);
    const offset = found === -1 ? from : found;
    cursors.set(line, offset + 1);
    return { words, at: { line: source.line, column: source.column + offset } };
  });
}

/** What is too complex to be read, or nothing but redirections, has no commands to judge. */
function read(script: string): readonly ShellCommand[] {
  try {
    return shellCommands(script).filter(({ words }) => words.length > 0);
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
}
