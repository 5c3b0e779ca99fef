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

/** How a shell starts, which decides what it reads before its command. */
export interface ShellMode {
  /** Name of the program: `bash`, `ash` for `busybox ash`. */
  readonly name: string;
  /** Whether an option asks for a login shell: `bash -lc COMMAND`, `sh --login`. */
  readonly isLogin: boolean;
  /** Whether an option asks for an interactive shell: `bash -ic COMMAND`. */
  readonly isInteractive: boolean;
}

/** How the command starts a shell; undefined for another program. */
export function shellMode(words: readonly string[]): ShellMode | undefined {
  if (!isShell(words)) return undefined;
  const at = nameAt(words);
  const behind = words.slice(at + 1);
  const end = behind.findIndex((word) => !/^[-+].|^pipefail$/.test(word));
  const options = behind.slice(0, end === -1 ? behind.length : end);
  const has = (letter: string): boolean =>
    options.some((word) => /^-[a-zA-Z]+$/.test(word) && word.includes(letter));
  return {
    name: commandName(words[at]),
    isLogin: options.includes("--login") || has("l"),
    isInteractive: has("i"),
  };
}

/**
 * Variable that names a file which the shell reads before its command: BASH_ENV for a script or command of bash,
 * ENV for an interactive shell of POSIX.
 */
export function startupVariable({ name, isInteractive }: ShellMode): "BASH_ENV" | "ENV" | undefined {
  if (name === "bash") return isInteractive ? undefined : "BASH_ENV";
  return isInteractive && name !== "zsh" ? "ENV" : undefined;
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
