/**
 * The form of a text inside base64, for each of its three alignments, without the characters at either end
 * that depend on neighbouring bytes.
 */
export interface Base64Form {
  readonly anchor: string;
  /** Number of characters before the anchor in the base64 group in which the anchor begins. */
  readonly before: number;
}

/**
 * @param text Latin-1
 * @param ahead number of preceding characters in the same group, if the text is base64 itself
 */
export function base64Forms(text: string, ahead = 0): readonly Base64Form[] {
  return [0, 1, 2].map((bytes) => {
    const encoded = Buffer.from("\0".repeat(bytes) + text, "latin1").toString("base64");
    const own = Math.ceil((8 * bytes) / 6);
    const anchor = encoded.slice(own, Math.floor((8 * (bytes + text.length)) / 6));
    return { anchor, before: own + 4 * Math.max(0, Math.ceil((ahead - bytes) / 3)) };
  });
}

/** Forms of a text that was encoded twice: the base64 forms of its base64 forms. */
export function twiceBase64Forms(text: string, ahead = 0): readonly Base64Form[] {
  return base64Forms(text, ahead).flatMap(({ anchor, before }) => base64Forms(anchor, before));
}
