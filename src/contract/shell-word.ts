/** A word as a shell reads it back: in quotes within which it expands nothing, where it needs any. */
export function shellWord(word: string): string {
  return /^[\w./:@=,+%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
