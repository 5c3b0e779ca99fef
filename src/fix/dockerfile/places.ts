import type { InstructionFacts } from "../../contract/dockerfile-facts.ts";
import type { BuildableDockerfile } from "../../rules/dockerfile/unless-refused.ts";
import type { LineEdit } from "./lines.ts";

/** Those of the stage that makes the image. */
export function finalInstructions({
  instructions,
  stages,
}: BuildableDockerfile): readonly InstructionFacts[] {
  return instructions.filter(({ stage, onbuild }) => stage === stages.length - 1 && onbuild !== true);
}

/** An instruction's line taken apart: its name with the space around it, and what it says. */
export function partsOfLine(line: string): readonly [head: string, rest: string] {
  const [head = ""] = /^\s*[A-Za-z]+\s+/.exec(line) ?? [];
  return [head, line.slice(head.length).trimEnd()];
}

/** An instruction that says something else. @param line from 1 */
export function saying(
  lines: readonly string[],
  line: number | undefined,
  rest: string,
): readonly LineEdit[] {
  const [head, before] = partsOfLine(lines[(line ?? 0) - 1] ?? "");
  if (line === undefined || head === "" || before === rest) return [];
  return [{ at: line - 1, removed: 1, added: [`${head}${rest}`] }];
}

/** A line with something else in it; none when it is not as expected. @param line from 1 */
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
 * An instruction of its own, in capitals or not as the file has them.
 *
 * @param at index of the line before which it stands; absent: at the end of the stage
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
