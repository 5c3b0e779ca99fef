/**
 * What a text looks like within base64: by the three places at which it can stand in a group of three
 * bytes, without the characters at either end that its neighbours share.
 */
export interface Base64Form {
  readonly anchor: string;
  /** Characters before the anchor that belong to the group in which it begins. */
  readonly before: number;
}

/** @param text Latin-1 */
export function base64Forms(text: string): readonly Base64Form[] {
  return [0, 1, 2].map((bytes) => {
    const encoded = Buffer.from("\0".repeat(bytes) + text, "latin1").toString("base64");
    const before = Math.ceil((8 * bytes) / 6);
    return { anchor: encoded.slice(before, Math.floor((8 * (bytes + text.length)) / 6)), before };
  });
}

/** The same of a text that was encoded twice: the form that the forms have. */
export function twiceBase64Forms(text: string): readonly Base64Form[] {
  return base64Forms(text).flatMap(({ anchor }) => base64Forms(anchor));
}
