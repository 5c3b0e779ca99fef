// Cheap tests of the bytes after a frequent anchor, before a text is decoded for its pattern: if a test
// fails, the pattern cannot match.

const PRIVATE = Buffer.from("PRIVATE KEY");
const PEM_BEGIN = "-----BEGIN ".length;
/** Maximum number of words before `PRIVATE KEY` in a label: `ENCRYPTED `, `RSA `, `OPENSSH `. */
const LABEL_WORDS = 2;
const WORD_BYTES = 12;
const SPACE = 0x20;

/**
 * Whether the label of a PEM block, from its dashes on, may be that of a private key. Usually, the block is a
 * certificate.
 */
export function hasKeyLabel(bytes: Uint8Array, anchor: number): boolean {
  let at = anchor + PEM_BEGIN;
  for (let words = 0; words <= LABEL_WORDS; words++) {
    if (PRIVATE.equals(bytes.subarray(at, at + PRIVATE.length))) return true;
    const end = bytes.subarray(at, at + WORD_BYTES + 1).indexOf(SPACE);
    if (end < 1) return false;
    at += end + 1;
  }
  return false;
}

const AT = 0x40;
const COLON = 0x3a;

/**
 * Whether a user, a colon, a password and an `@` may follow.
 *
 * @param stops 1 for each byte that occurs in neither user nor password
 * @param longest bytes of user, password and separators together
 */
export function hasUserInfo(bytes: Uint8Array, from: number, stops: Uint8Array, longest: number): boolean {
  let hasColon = false;
  const last = Math.min(from + longest, bytes.length - 1);
  for (let at = from; at <= last; at++) {
    const byte = bytes[at] as number;
    if (byte === AT) return hasColon;
    if (stops[byte] === 1) return false;
    hasColon ||= byte === COLON;
  }
  return false;
}

/** Table for hasUserInfo(), of these characters and ranges of bytes, both ends included. */
export function stopsAt(characters: string, ...ranges: readonly (readonly [number, number])[]): Uint8Array {
  const stops = new Uint8Array(256);
  for (const byte of Buffer.from(characters, "latin1")) stops[byte] = 1;
  for (const [first, last] of ranges) stops.fill(1, first, last + 1);
  return stops;
}
