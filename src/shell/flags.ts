/** An option of a command line with its value. */
export interface Flag {
  /** Name with its dashes: `--host`, `-b`, `-Dserver.address`. */
  readonly name: string;
  readonly value: string;
  /** Index among the command's words. */
  readonly index: number;
}

/**
 * The options of a command: `--name=value`, `--name value`, `-n value`. Whether an option takes
 * the next word is its program's secret, so every option that is followed by a word is given with it.
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
