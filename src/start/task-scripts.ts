import type { FileSelector } from "../contract/file-selector.ts";
import { makeScript } from "./makefile.ts";
import { packageScriptIn } from "./package-scripts.ts";
import { procfileScript } from "./procfile.ts";
import type { ReadText, TaskScript } from "./task-script.ts";

/** Makefiles and Procfiles of an application. */
export const TASK_FILES: FileSelector = {
  names: ["Makefile", "makefile", "GNUmakefile", "Procfile"],
  pattern: /^(?!\/(?:usr|lib)\/|.*\/(?:node_modules|site-packages|vendor|gems)\/)/,
  type: "file",
  content: 64 * 1024,
};

/**
 * Shell commands that this command runs from a package's script, a makefile or a Procfile; undefined for
 * other commands.
 *
 * @param workingDir absolute; "" means `/`
 */
export function taskScript(
  words: readonly string[],
  workingDir: string,
  read: ReadText,
): TaskScript | undefined {
  const { script, file = "" } = packageScriptIn(words, workingDir, read) ?? {};
  if (script !== undefined) return { script, file };
  return makeScript(words, workingDir, read) ?? procfileScript(words, workingDir, read);
}
