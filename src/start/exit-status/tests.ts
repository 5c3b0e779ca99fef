import { holdsFor } from "../../shell/arguments.ts";
import { pathSources, type WrittenFiles } from "./path-sources.ts";
import { either, OTHER, type Status, type StatusSources, together, ZERO } from "./status.ts";

const OF_FILE = /^-[abcdefghkprsuwxGLNOS]$/;
const BETWEEN_FILES = /^-(?:nt|ot|ef)$/;

/**
 * Status of `test`, `[`, `[[` and `((`.
 *
 * @param sources sources of the words' variables and substitutions
 */
export function testStatus(words: readonly string[], sources: StatusSources, written: WrittenFiles): Status {
  const holds = holdsFor({ words, holds: true }, { words: [], known: false });
  if (holds !== undefined) return holds ? ZERO : OTHER;
  const always = ofAnyStatus(words);
  if (always !== undefined) return always ? ZERO : OTHER;
  const files = words.filter((_, index) => index > 0 && isFile(words, index));
  return either(together(sources, ...files.map((file) => pathSources(file, written))));
}

const STATUS = /^"?\$(?:\?|\{\?\})"?$/;
const COMPARED: Readonly<Record<string, (status: number, number: number) => boolean>> = {
  "-lt": (status, number) => status < number,
  "-le": (status, number) => status <= number,
  "-gt": (status, number) => status > number,
  "-ge": (status, number) => status >= number,
  "-ne": (status, number) => status !== number,
  "-eq": (status, number) => status === number,
};

/** Result of comparing `$?` with a number, if it is the same for every exit status (0 to 255). */
function ofAnyStatus([, status = "", operator = "", number = "", close]: readonly string[]):
  | boolean
  | undefined {
  const compare = Object.hasOwn(COMPARED, operator) ? COMPARED[operator] : undefined;
  if (compare === undefined || !STATUS.test(status) || !/^-?\d{1,9}$/.test(number)) return undefined;
  if (close !== undefined && !/^\]{1,2}$/.test(close)) return undefined;
  const results = new Set(Array.from({ length: 256 }, (_, one) => compare(one, Number(number))));
  return results.size === 1 ? results.has(true) : undefined;
}

/** Whether a word is the operand of an operator for files; the command's own name is not. */
function isFile(words: readonly string[], index: number): boolean {
  const [before = "", after = ""] = [index === 1 ? "" : words[index - 1], words[index + 1]];
  return OF_FILE.test(before) || BETWEEN_FILES.test(before) || BETWEEN_FILES.test(after);
}
