/**
 * What a delta of a pack adds to its base (gitformat-pack, "Deltified representation"): the bytes
 * that it inserts, a line's end in the place of each stretch that it copies, which is read where the
 * base is.
 */
export function insertedBytes(delta: Buffer): Buffer {
  // Each instruction gives no more bytes than it has itself: hostile ones come by the million.
  const inserted = Buffer.allocUnsafe(delta.length);
  let length = 0;
  let at = afterSize(delta, afterSize(delta, 0));
  while (at < delta.length) {
    const instruction = delta[at++] ?? 0;
    if ((instruction & 0x80) === 0) {
      if (instruction > 0) length += delta.copy(inserted, length, at, at + instruction);
      at += instruction;
    } else {
      inserted[length++] = LINE_END;
      at += bitsIn(instruction & 0x7f);
    }
  }
  return inserted.subarray(0, length);
}

/** One for each byte of offset and size that is there. */
function bitsIn(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitsIn(bits >> 1);
}

const LINE_END = 0x0a;

function afterSize(delta: Buffer, from: number): number {
  let at = from;
  while (((delta[at] ?? 0) & 0x80) !== 0) at++;
  return at + 1;
}
