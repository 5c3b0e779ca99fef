/**
 * Bytes of a Base64 text, standard or URL-safe, with its padding; undefined if any character or the padding
 * is wrong. Node's own decoder skips unknown characters, so that one value would have many spellings.
 */
export function base64Bytes(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, "base64");
}
