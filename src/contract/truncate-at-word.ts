/** The beginning of a text, in whole words: half of a secret could not be recognised and masked. */
export function truncateAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most);
  return `${end < 0 ? "" : text.slice(0, end)} …`;
}
