/** Beginning of a text, at most so many bytes in UTF-8. */
export function firstBytes(text: string, bytes: number): string {
  return Buffer.from(text).subarray(0, bytes).toString("utf8");
}
