/**
 * A name in a tar as a string. Names are bytes on Linux: each byte that is not valid UTF-8 becomes a lone
 * surrogate (U+DC80 to U+DCFF, as in PEP 383), so that different names never become the same string.
 */
export function decodeName(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const text = asBuffer(bytes).toString("utf8", start, end);
  return text.includes("\u{FFFD}") ? decodeByteWise(bytes.subarray(start, end)) : text;
}

/** The bytes as a Buffer, without a view for each name, since a layer's chunks are Buffers already. */
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The bytes of a name: the inverse of decodeName. */
export function encodeName(name: string): Uint8Array {
  if (name.isWellFormed()) return Buffer.from(name, "utf8");
  const parts: Uint8Array[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const isByte = code >= 0xdc80 && code <= 0xdcff;
    parts.push(isByte ? Uint8Array.of(code - 0xdc00) : Buffer.from(character, "utf8"));
  }
  return Buffer.concat(parts);
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeByteWise(bytes: Uint8Array): string {
  let name = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const character = decodeStrictly(bytes.subarray(at, at + length));
    name += character ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += character === undefined ? 1 : length;
  }
  return name;
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes of the UTF-8 sequence that this byte begins (RFC 3629). */
function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
