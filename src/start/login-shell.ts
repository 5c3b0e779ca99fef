import type { FileSelector } from "../contract/file-selector.ts";
import { interpreterOf } from "../shell/interpreter.ts";
import { shellCommands } from "../shell/parse-commands.ts";
import { isLoginShell } from "../shell/shells.ts";
import { unwrap } from "../shell/wrappers.ts";
import type { StartedCommand } from "./command-place.ts";
import { shellSteps } from "./shell-steps.ts";
import { startedCommands } from "./started-commands.ts";
import type { StartedImage } from "./started-image.ts";
import { textsOf } from "./task-script.ts";

/** Files that a login shell reads before its command: /etc/profile, which reads the scripts of profile.d. */
export const LOGIN_FILES: readonly FileSelector[] = [
  { paths: ["/etc/profile"], type: "file", content: 64 * 1024 },
  { under: ["/etc/profile.d"], suffixes: [".sh"], type: "file", content: 64 * 1024 },
];

/** Path of a file of LOGIN_FILES. */
const LOGIN_FILE = /^\/etc\/profile(?:\.d\/[^/]{1,200}\.sh)?$/;

/**
 * Commands by which the files of a login shell set variables, if the start runs a login shell (`bash -lc`,
 * `#!/bin/bash -l`), in the order of the files; before the commands of startedCommands(), whose bounds apply.
 * Scripts that the files call are not followed. Files in the user's home are left out.
 *
 * @throws InvalidInputError as startedCommands()
 */
export function loginCommands(image: StartedImage): readonly StartedCommand[] {
  const isLogin =
    startedCommands(image).some(({ words }) => isLoginShell(words)) ||
    shellSteps(image).some(({ script }) => isLoginInterpreter(interpreterOf(script)));
  if (!isLogin) return [];
  const read = textsOf(image);
  const paths = image.files.map(({ path }) => path).filter((path) => LOGIN_FILE.test(path));
  return [...new Set(paths)].toSorted().flatMap((path) =>
    shellCommands(read(path) ?? "")
      .filter(({ within }) => within === undefined)
      .map((command) => ({ ...command, at: { path, line: command.line } })),
  );
}

function isLoginInterpreter(words: readonly string[]): boolean {
  const { inner } = unwrap(words);
  return isLoginShell(inner.length > 0 ? inner : words);
}
