import { excerpt } from "./shown.ts";

/** Characters without a meaning in any shell; a leading `=` is excluded because of zsh's `=program`. */
const PLAIN = /^[\w./:@,+%-][\w./:@=,+%-]*$/;

/** A word in a form that a shell reads back unchanged, quoted if necessary. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * An untrusted path as an operand of a command to be copied by users. A leading hyphen, which would make the
 * path an option (`helm template --post-renderer=./x`), is neutralised; control characters are escaped, as in
 * sentences.
 */
export function pathWord(path: string): string {
  return shellWord(excerpt(/^-./.test(path) ? `./${path}` : path));
}
