/** The text with its ASCII capitals as small letters; its length and offsets stay the same. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
