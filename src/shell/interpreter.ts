import { isShell } from "./shells.ts";
import { unwrap } from "./wrappers.ts";

/**
 * Words of a script's `#!` line; empty for a script without this line. Linux reads 256 bytes of the line and
 * passes the rest after the interpreter as one argument. Here, the rest is split, since only `env -S` uses
 * several words.
 */
export function interpreterOf(script: string): readonly string[] {
  const line = /^#![ \t]*([^\n]{0,253})/.exec(script)?.[1] ?? "";
  return line.split(/[ \t]+/).filter((word) => word !== "");
}

/** Whether a script is written in shell, by its first line; the calling shell runs a script without `#!`. */
export function isShellScript(script: string): boolean {
  let words: readonly string[] = interpreterOf(script).map((word) => word.replace(/\r$/, ""));
  for (let { inner } = unwrap(words); inner.length > 0; { inner } = unwrap(words)) words = inner;
  return words.length === 0 || isShell(words);
}
