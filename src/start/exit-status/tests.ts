import { holdsFor } from "../../shell/arguments.ts";
import { lookedAt, type WrittenFiles } from "./looked-at.ts";
import { either, OTHER, type Status, type StatusSources, together, ZERO } from "./status.ts";

const OF_FILE = /^-[abcdefghkprsuwxGLNOS]$/;
const BETWEEN_FILES = /^-(?:nt|ot|ef)$/;

/**
 * Status of `test`, `[`, `[[` and `((`.
 *
 * @param sources of the words' variables and substitutions
 */
export function testStatus(words: readonly string[], sources: StatusSources, written: WrittenFiles): Status {
  const holds = holdsFor({ words, holds: true }, { words: [], known: false });
  if (holds !== undefined) return holds ? ZERO : OTHER;
  const files = words.filter((_, index) => index > 0 && isFile(words, index));
  return either(together(sources, ...files.map((file) => lookedAt(file, written))));
}

/** Whether a word is the operand of an operator for files; the command's own name is not. */
function isFile(words: readonly string[], index: number): boolean {
  const [before = "", after = ""] = [index === 1 ? "" : words[index - 1], words[index + 1]];
  return OF_FILE.test(before) || BETWEEN_FILES.test(before) || BETWEEN_FILES.test(after);
}
