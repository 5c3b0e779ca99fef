import type { Position, RunCommandFacts, RunFacts } from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { isShellScript } from "../shell/interpreter.ts";
import { type ShellCommand, shellCommands } from "../shell/parse-commands.ts";
import { isShell, shellForm } from "../shell/shells.ts";
import type { Instruction } from "./instruction.ts";
import type { SourceLine } from "./lines.ts";

/** Commands of a RUN (of its shell form, of `sh -c` in its exec form, of a here-document), and its mounts. */
export function runFacts(instruction: Instruction): RunFacts {
  const commands = commandsIn(instruction);
  const mounts = instruction.flags.flatMap(({ name, value }) => (name === "mount" ? [mountOf(value)] : []));
  if (mounts.length === 0) return { at: instruction.at, commands };
  const targets = (type: RegExp) =>
    mounts.flatMap((mount) => (type.test(mount.type) && mount.target !== "" ? [mount.target] : []));
  const passing = targets(/^(?:secret|ssh|tmpfs|cache|bind)$/);
  return { at: instruction.at, commands, mounts: { secrets: targets(/^secret$/), passing } };
}

/**
 * Type and target of a mount, such as `type=secret,id=x,target=/root/.npmrc`; the default target of a secret
 * is below /run/secrets.
 */
function mountOf(value = ""): { readonly type: string; readonly target: string } {
  const fields = new Map(
    value.split(",").map((field) => {
      const [name = "", ...rest] = field.split("=");
      return [name.toLowerCase(), rest.join("=")];
    }),
  );
  const type = fields.get("type") ?? "bind";
  const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
  const isFile = type === "secret" && !fields.has("env");
  return { type, target: target ?? (isFile ? `/run/secrets/${fields.get("id") ?? ""}` : "") };
}

function commandsIn(instruction: Instruction): readonly RunCommandFacts[] {
  const { at, json, heredocs, line, offset } = instruction;
  if (json !== undefined) {
    const script = shellForm(json);
    return script === undefined ? [{ words: json, at }] : read(script).flatMap((one) => factsOf(one, at));
  }
  const own = commandsOf(line.linesFrom(offset), at);
  const [heredoc] = heredocs;
  const handed = own.every(({ words }) => words.length === 1 && isShell(words));
  if (heredoc === undefined || !handed || !isShellScript(heredoc.content)) return own;
  const lines = heredoc.content
    .split("\n")
    .map((text, index) => ({ text, line: heredoc.line + index, column: 1 }));
  return commandsOf(lines, at, "\n");
}

function commandsOf(lines: readonly SourceLine[], at: Position, joint = "\\\n"): readonly RunCommandFacts[] {
  /** Offsets by line, from which the line's next command is searched. */
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

/** Facts of the command, or of the commands in the text for a shell: `bash -c "a && b"`. */
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

/** Commands of a script; empty if it exceeds the reader's bounds. */
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
