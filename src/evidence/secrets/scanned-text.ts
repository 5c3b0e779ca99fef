/** A text under scan: a file of a layer, or a field of the config (then without a path). */
export interface ScannedText {
  readonly text: string;
  /** Absolute, in the image; empty when the text is no file. */
  readonly path: string;
  /** True when the text holds this word anywhere. Searched once per word, however often it is asked. */
  mentions(word: string): boolean;
}

export function scannedText(text: string, path: string): ScannedText {
  const known = new Map<string, boolean>();
  return {
    text,
    path,
    mentions(word) {
      const answer = known.get(word) ?? text.includes(word);
      known.set(word, answer);
      return answer;
    },
  };
}
