/**
 * What a delta of a pack adds to its base (gitformat-pack, "Deltified representation"): the bytes
 * that it inserts, a line's end in the place of each stretch that it copies, which is read where the
 * base is.
 */
export function insertedBytes(delta: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = afterSize(delta, afterSize(delta, 0));
  while (at < delta.length) {
    const instruction = delta[at++] ?? 0;
    if ((instruction & 0x80) === 0) {
      parts.push(delta.subarray(at, at + instruction));
      at += instruction;
    } else {
      parts.push(COPIED);
      at += bitsIn(instruction & 0x7f);
    }
  }
  return Buffer.concat(parts);
}

/** One for each byte of offset and size that is there. */
function bitsIn(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitsIn(bits >> 1);
}

const COPIED = Buffer.from("\n");

function afterSize(delta: Buffer, from: number): number {
  let at = from;
  while (((delta[at] ?? 0) & 0x80) !== 0) at++;
  return at + 1;
}
