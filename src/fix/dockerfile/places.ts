import type { InstructionFacts } from "../../contract/dockerfile-facts.ts";
import type { BuildableDockerfile } from "../../dockerfile/unless-refused.ts";
import type { LineEdit } from "./lines.ts";

/** Instructions of the final stage. */
export function finalInstructions({
  instructions,
  stages,
}: BuildableDockerfile): readonly InstructionFacts[] {
  return instructions.filter(({ stage, onbuild }) => stage === stages.length - 1 && onbuild !== true);
}

/** Two parts of an instruction's line: its name with the surrounding space, and its arguments. */
export function partsOfLine(line: string): readonly [head: string, rest: string] {
  const [head = ""] = /^\s*[A-Za-z]+\s+/.exec(line) ?? [];
  return [head, line.slice(head.length).trimEnd()];
}

/**
 * Edit that replaces an instruction's arguments.
 *
 * @param line line number, from 1
 */
export function saying(
  lines: readonly string[],
  line: number | undefined,
  rest: string,
): readonly LineEdit[] {
  const [head, before] = partsOfLine(lines[(line ?? 0) - 1] ?? "");
  if (line === undefined || head === "" || before === rest) return [];
  return [{ at: line - 1, removed: 1, added: [`${head}${rest}`] }];
}

/**
 * Edit that replaces a text in a line; none if the line has other content.
 *
 * @param line line number, from 1
 */
export function replaced(
  lines: readonly string[],
  line: number | undefined,
  pattern: RegExp,
  by: string,
): readonly LineEdit[] {
  if (line === undefined) return [];
  const text = (lines[line - 1] ?? "").replace(/\r?\n$/, "");
  const added = text.replace(pattern, by);
  return added === text ? [] : [{ at: line - 1, removed: 1, added: [added] }];
}

/**
 * Edit that inserts an instruction, in upper or lower case like the rest of the file.
 *
 * @param at index of the line to insert before; if absent, the end of the stage
 */
export function inserted(
  facts: BuildableDockerfile,
  lines: readonly string[],
  at: number | undefined,
  text: string,
): LineEdit {
  const last = finalInstructions(facts).at(-1);
  const [first] = facts.instructions;
  const isSmall = /^\s*[a-z]+\s/.test(lines[(first?.line ?? 1) - 1] ?? "");
  const added = isSmall ? text.replace(/^[A-Z]+/, (name) => name.toLowerCase()) : text;
  return { at: at ?? last?.endLine ?? lines.length, removed: 0, added: [added] };
}
