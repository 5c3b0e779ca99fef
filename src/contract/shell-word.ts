import { excerpt } from "./shown.ts";

/** Characters without a meaning in any shell; a leading `=` is excluded because of zsh's `=program`. */
const PLAIN = /^[\w./:@,+%-][\w./:@=,+%-]*$/;

/** A word as a shell reads it back: in quotes within which it expands nothing, where it needs any. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A path of somebody else's naming as an operand of a command to copy: one that begins with a hyphen would
 * be an option (`helm template --post-renderer=./x`); controls are escaped, as sentences show them.
 */
export function pathWord(path: string): string {
  return shellWord(excerpt(/^-./.test(path) ? `./${path}` : path));
}
