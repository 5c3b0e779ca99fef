import { isShell } from "./shells.ts";
import { unwrap } from "./wrappers.ts";

/**
 * The words of a script's `#!` line; none without one. Linux reads 256 bytes of it and passes what
 * follows the interpreter as one argument, which `env -S` takes apart: whoever writes several words
 * means that.
 */
export function interpreterOf(script: string): readonly string[] {
  const line = /^#![ \t]*([^\n]{0,253})/.exec(script)?.[1] ?? "";
  return line.split(/[ \t]+/).filter((word) => word !== "");
}

/** Written in shell, by its first line; a script without one is run by the shell that calls it. */
export function isShellScript(script: string): boolean {
  let words: readonly string[] = interpreterOf(script).map((word) => word.replace(/\r$/, ""));
  for (let { inner } = unwrap(words); inner.length > 0; { inner } = unwrap(words)) words = inner;
  return words.length === 0 || isShell(words);
}
