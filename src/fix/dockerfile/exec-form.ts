import type { InstructionFacts } from "../../contract/dockerfile-facts.ts";
import type { BuildableDockerfile } from "../../dockerfile/unless-refused.ts";
import { handsOverByExec } from "../../shell/last-command.ts";
import { shellCommands } from "../../shell/parse-commands.ts";
import { isBuiltin } from "../../shell/programs.ts";
import type { LineEdit } from "./lines.ts";
import { partsOfLine } from "./places.ts";

/** Syntax that needs a shell: variables, patterns, redirections, lists. */
const SHELL = /[$`*?<>|&;(){}~#!\\\n]|^\s*\w+=/;

/**
 * CMD or ENTRYPOINT rewritten so that the program itself receives signals: in exec form if the command needs
 * no shell, otherwise with `exec` before its last command. An ENTRYPOINT in shell form ignores CMD; in exec
 * form, the words of CMD would become its arguments.
 */
export function execForms(
  instruction: InstructionFacts | undefined,
  { final }: BuildableDockerfile,
  lines: readonly string[],
): readonly LineEdit[] {
  if (instruction === undefined) return [];
  const { line, endLine, name } = instruction;
  const own = lines.slice(line - 1, endLine).map((one) => one.replace(/\r?\n$/, ""));
  const [first = ""] = own;
  const [keyword, script] = partsOfLine(first);
  const takesWords =
    name === "ENTRYPOINT" ? final.cmd === undefined : final.entrypoint?.words.at(-1) !== "-c";
  const commands = shellCommands(own.length === 1 ? script : instruction.text);
  const last = commands.at(-1);
  if (last === undefined || isBuiltin(last.words[0] ?? "") || /^\w+=/.test(last.written)) return [];
  const edits: LineEdit[] = [];
  if (own.length === 1 && commands.length === 1 && takesWords && !SHELL.test(script)) {
    const words = last.words.map((word) => JSON.stringify(word)).join(", ");
    edits.push({ at: line - 1, removed: 1, added: [`${keyword}[${words}]`] });
  }
  if (!handsOverByExec(own.length === 1 ? script : instruction.text)) return edits;
  const begin = last.written.split(/\s/).slice(0, 2).join(" ");
  const at = own.findLastIndex((one) => one.includes(begin));
  const index = own[at]?.lastIndexOf(begin) ?? -1;
  if (index >= 0) {
    const added = `${own[at]?.slice(0, index)}exec ${own[at]?.slice(index)}`;
    edits.push({ at: line - 1 + at, removed: 1, added: [added] });
  }
  return edits;
}
