/** The beginning of a text, of so many bytes in UTF-8 at the most. */
export function firstBytes(text: string, bytes: number): string {
  return Buffer.from(text).subarray(0, bytes).toString("utf8");
}
