/** The text with ASCII capitals in lower case; length and offsets stay the same. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
