/** Bytes examined to recognise UTF-16. */
const LOOKED_AT = 512;

/**
 * Latin-1 bytes of a text in UTF-16, as Windows' editors and PowerShell write it, or in UTF-32, with or
 * without a byte order mark. Undefined for other bytes.
 */
export function wideText(bytes: Buffer): Buffer | undefined {
  const [first, second] = bytes;
  if (second === 0 || (first === 0xff && second === 0xfe)) {
    const text = quadText(bytes);
    if (text !== undefined) return text;
  }
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!isMarked && (first === 0) === (second === 0)) return undefined;
  const isLittle = isMarked ? first === 0xff : second === 0;
  const head = bytes.subarray(0, LOOKED_AT & ~1);
  const zeros = [0, 0];
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) zeros[0] = (zeros[0] ?? 0) + 1;
    if (head[at + 1] === 0) zeros[1] = (zeros[1] ?? 0) + 1;
  }
  const pairs = head.length >> 1;
  const [high = 0, low = 0] = isLittle ? [zeros[1], zeros[0]] : zeros;
  const isText = isMarked || (pairs >= 8 && high >= pairs * 0.8 && low === 0 && isPrinted(head, isLittle));
  return isText ? narrowed(isMarked ? bytes.subarray(2) : bytes, isLittle) : undefined;
}

/** Whether the text holds printable characters only: two-byte small integers look like UTF-16, too. */
function isPrinted(head: Buffer, isLittle: boolean): boolean {
  for (let at = isLittle ? 0 : 1; at < head.length; at += 2) {
    const byte = head[at] ?? 0;
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}

function narrowed(bytes: Buffer, isLittle: boolean): Buffer {
  const text = Buffer.alloc(bytes.length >> 1);
  const high = isLittle ? 1 : 0;
  for (let at = 0; at < text.length; at++) {
    const isLatin = bytes[2 * at + high] === 0;
    text[at] = isLatin ? (bytes[2 * at + 1 - high] ?? 0) : 0xff;
  }
  return text;
}

/** Units of four bytes examined to recognise UTF-32. */
const QUADS = 8;

/** Decodes UTF-32: of four bytes, either the first or the last three are zero. */
function quadText(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 4 * QUADS) return undefined;
  const mark = bytes.readUInt32BE(0);
  const isMarked = mark === 0xfeff || mark === 0xfffe_0000;
  const isLittle = isMarked ? mark !== 0xfeff : bytes[0] !== 0;
  const text = isMarked ? bytes.subarray(4) : bytes;
  for (let at = 0; at < Math.min(text.length & ~3, LOOKED_AT); at += 4) {
    const unit = isLittle ? text.readUInt32LE(at) : text.readUInt32BE(at);
    if (unit > 0x10_ffff || (unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09))
      return undefined;
  }
  const narrow = Buffer.alloc(text.length >> 2);
  for (let at = 0; at < narrow.length; at++) {
    const unit = isLittle ? text.readUInt32LE(4 * at) : text.readUInt32BE(4 * at);
    narrow[at] = unit <= 0xff ? unit : 0xff;
  }
  return narrow;
}
