/** An option of a command line with its value. */
export interface Flag {
  /** Name including its dashes: `--host`, `-b`, `-Dserver.address`. */
  readonly name: string;
  readonly value: string;
  /** Index of the option in the command's words. */
  readonly index: number;
}

/**
 * Options of a command: `--name=value`, `--name value`, `-n value`. Which options take the next word depends
 * on the program, so every option followed by a word is returned with that word.
 */
export function flagsOf(words: readonly string[]): readonly Flag[] {
  return words.flatMap((word, index) => {
    if (!/^--?[A-Za-z]/.test(word)) return [];
    const equals = word.indexOf("=");
    if (equals !== -1) return [{ name: word.slice(0, equals), value: word.slice(equals + 1), index }];
    const value = words[index + 1];
    return [{ name: word, value: value === undefined || /^-./.test(value) ? "" : value, index }];
  });
}
