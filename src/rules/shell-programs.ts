import type { ProgramStep } from "../contract/image-facts.ts";
import { commandName } from "./command-wrappers.ts";

const SHELLS = new Set(["sh", "bash", "dash", "ash", "ksh", "zsh"]);
const SHELL_LINE = /^#!\s*\S*\/(?:env\s+(?:-\S+\s+)*)?(?:busybox\s+)?(?:[a-z]*sh|with-contenv)\b/;

/** A step that is a shell script, with its file and text. */
export type ShellStep = ProgramStep & { readonly file: string; readonly script: string };

export function isShellStep(step: ProgramStep): step is ShellStep {
  return step.file !== undefined && step.script !== undefined && isShellScript(step.script);
}

/** Written in shell, by its first line; a script without one is run by the shell that calls it. */
export function isShellScript(script: string): boolean {
  return SHELL_LINE.test(script) || !script.startsWith("#!");
}

/** What a shell is called with: `sh -c COMMAND name arguments…`, `sh SCRIPT arguments…`. */
export interface ShellCall {
  /** The command is a text of its own, not the name of a script. */
  readonly inline: boolean;
  /** Index of COMMAND or SCRIPT among the words. */
  readonly index: number;
}

export function shellCall(words: readonly string[]): ShellCall | undefined {
  const shell = commandName(words[0]) === "busybox" ? 1 : 0;
  if (!SHELLS.has(commandName(words[shell]))) return undefined;
  const index = words.findIndex((word, at) => at > shell && !/^[-+].|^pipefail$/.test(word));
  if (index === -1) return undefined;
  return { inline: words.slice(shell + 1, index).some((word) => /^-[a-z]*c[a-z]*$/.test(word)), index };
}

/** The command of `sh -c COMMAND`, or undefined. */
export function shellForm(words: readonly string[]): string | undefined {
  const call = shellCall(words);
  return call?.inline === true ? words[call.index] : undefined;
}
