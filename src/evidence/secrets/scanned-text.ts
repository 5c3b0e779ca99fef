/** A text under scan: a file of a layer, or a field of the config (then without a path). */
export interface ScannedText {
  readonly text: string;
  /** Absolute, in the image; empty when the text is no file. */
  readonly path: string;
  /** True when the text holds this word anywhere. Searched once per word, however often it is asked. */
  mentions(word: string): boolean;
}

/** @param decode gives the text, when it is first asked for: most files hold no anchor, and are never decoded */
export function scannedText(decode: () => string, path: string): ScannedText {
  const known = new Map<string, boolean>();
  let decoded: string | undefined;
  return {
    get text() {
      decoded ??= decode();
      return decoded;
    },
    path,
    mentions(word) {
      const answer = known.get(word) ?? this.text.includes(word);
      known.set(word, answer);
      return answer;
    },
  };
}
