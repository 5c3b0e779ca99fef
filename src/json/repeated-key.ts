const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * First key in a JSON text that its object already has; "" if every key is unique. Escapes in keys are
 * decoded: "\u0055ser" is "User".
 *
 * @param bytes valid JSON
 */
export function repeatedKey(bytes: Uint8Array): string {
  const text = Buffer.from(bytes);
  // Keys of each open object; empty for open arrays.
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (byte === 0x7b || byte === 0x5b) open.push(new Set());
    else if (byte === 0x7d || byte === 0x5d) open.pop();
    if (byte !== QUOTE) continue;
    const start = at;
    at = endOfString(text, start);
    if (!isFollowedByColon(text, at)) continue;
    const key = String(JSON.parse(text.toString("utf8", start, at + 1)));
    const keys = open.at(-1);
    if (keys?.has(key)) return key;
    keys?.add(key);
  }
  return "";
}

/** Offset of the quote that ends the string at this offset. */
function endOfString(text: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at;
}

function isFollowedByColon(text: Uint8Array, end: number): boolean {
  let at = end + 1;
  while (text[at] === 0x20 || text[at] === 0x09 || text[at] === 0x0a || text[at] === 0x0d) at++;
  return text[at] === COLON;
}
