import { commandName } from "./wrappers.ts";

const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]);

/** Call of a shell: `sh -c COMMAND name arguments…`, `sh SCRIPT arguments…`. */
export interface ShellCall {
  /** Whether the command is a text, not the name of a script. */
  readonly inline: boolean;
  /** Index of COMMAND or SCRIPT among the words. */
  readonly index: number;
}

/** Whether the command is a shell for POSIX's language, including `busybox sh`. */
export function isShell(words: readonly string[]): boolean {
  return SHELLS.has(commandName(words[nameAt(words)]));
}

/** Whether the command is a login shell, which reads /etc/profile first: `bash -lc COMMAND`, `sh --login`. */
export function isLoginShell(words: readonly string[]): boolean {
  if (!isShell(words)) return false;
  const options = words.slice(nameAt(words) + 1);
  const end = options.findIndex((word) => !/^[-+].|^pipefail$/.test(word));
  return options
    .slice(0, end === -1 ? options.length : end)
    .some((word) => word === "--login" || (/^-[a-z]+$/.test(word) && word.includes("l")));
}

export function shellCall(words: readonly string[]): ShellCall | undefined {
  if (!isShell(words)) return undefined;
  const shell = nameAt(words);
  const index = words.findIndex((word, at) => at > shell && !/^[-+].|^pipefail$/.test(word));
  if (index === -1) return undefined;
  return { inline: words.slice(shell + 1, index).some(takesCommand), index };
}

/** Whether an option includes `-c`, as `-ec` and `-lc` do. */
function takesCommand(word: string): boolean {
  return /^-[a-z]+$/.test(word) && word.includes("c");
}

/** Command in `sh -c COMMAND`; undefined for other forms. */
export function shellForm(words: readonly string[]): string | undefined {
  const call = shellCall(words);
  return call?.inline === true ? words[call.index] : undefined;
}

function nameAt(words: readonly string[]): number {
  return commandName(words[0]) === "busybox" ? 1 : 0;
}
