/** Shannon's entropy of the characters of a text, in bits per character. */
export function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether the text may be random; `xxxx`, `12345678` and `EXAMPLE` are not. */
export function looksRandom(text: string): boolean {
  return bitsPerCharacter(text) >= 3 && !/example/i.test(text) && !hasStraight(text);
}

/** Whether the text contains a sequence of eight neighbouring characters: `abcdefgh`, `01234567`. */
function hasStraight(text: string): boolean {
  let length = 1;
  for (let index = 1; index < text.length; index++) {
    length = text.charCodeAt(index) - text.charCodeAt(index - 1) === 1 ? length + 1 : 1;
    if (length === 8) return true;
  }
  return false;
}

/**
 * Minimum percentage of changes between small letters, capitals and digits; a capital at the beginning of a
 * word is not counted.
 */
const LEAST_STEPS = 30;

/** Whether neighbouring characters change class as often as in random text; names rarely do. */
export function isJumbled(text: string): boolean {
  let steps = 0;
  for (let index = 1; index < text.length; index++) {
    const [before, after] = [classAt(text, index - 1), classAt(text, index)];
    if (before !== after && !(before === "capital" && after === "small")) steps++;
  }
  return steps * 100 >= text.length * LEAST_STEPS && looksRandom(text);
}

function classAt(text: string, index: number): "small" | "capital" | "digit" | "other" {
  const code = text.charCodeAt(index);
  if (code >= 0x61 && code <= 0x7a) return "small";
  if (code >= 0x41 && code <= 0x5a) return "capital";
  return code >= 0x30 && code <= 0x39 ? "digit" : "other";
}
