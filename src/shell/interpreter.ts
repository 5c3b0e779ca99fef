import { isShell } from "./shells.ts";
import { unwrap } from "./wrappers.ts";

/**
 * The words of a script's `#!` line; empty without one. Linux reads 256 bytes of the line and passes the rest
 * after the interpreter as one argument. It is split here because only `env -S` makes sense of several words.
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
