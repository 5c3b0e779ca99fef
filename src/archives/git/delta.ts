/**
 * Text that a delta of a pack adds to its base (gitformat-pack, "Deltified representation"): the inserted
 * bytes. Each copied stretch is replaced by a line end, since the base is searched itself.
 */
export function insertedBytes(delta: Buffer): Buffer {
  // An instruction inserts fewer bytes than it is long, so one buffer suffices, even for millions of
  // instructions.
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

/** Number of set bits: one for each byte of offset and size in the instruction. */
function bitsIn(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitsIn(bits >> 1);
}

const LINE_END = 0x0a;

function afterSize(delta: Buffer, from: number): number {
  let at = from;
  while (((delta[at] ?? 0) & 0x80) !== 0) at++;
  return at + 1;
}

/**
 * Result of applying a delta to its base: the whole content, and the lines that do not come entirely from the
 * base.
 */
export interface Patched {
  readonly content: Buffer;
  readonly changed: Buffer;
}

/** Result of the delta; undefined if it is longer than `most`, or if the delta does not fit this base. */
export function patched(base: Buffer, delta: Buffer, most: number): Patched | undefined {
  const sizes = [numberAt(delta, 0), numberAt(delta, afterSize(delta, 0))];
  const [own, target = 0] = sizes;
  if (own !== base.length || target > most) return undefined;
  const content = Buffer.alloc(target);
  const inserted: (readonly [from: number, to: number])[] = [];
  let length = 0;
  let at = afterSize(delta, afterSize(delta, 0));
  while (at < delta.length && length < target) {
    const instruction = delta[at++] ?? 0;
    const from = length;
    if ((instruction & 0x80) === 0) {
      length += delta.copy(content, length, at, at + instruction);
      at += instruction;
      inserted.push([from, length]);
    } else {
      const [offset, size] = copyOf(delta, at, instruction);
      at += bitsIn(instruction & 0x7f);
      length += base.copy(content, length, offset, offset + size);
    }
    if (length === from) return undefined;
  }
  return length === target ? { content, changed: linesAround(content, inserted) } : undefined;
}

/**
 * Offset and size of a copy instruction. Each bit of the instruction stands for one byte of these; a size
 * without bytes is 64 KiB.
 */
function copyOf(delta: Buffer, at: number, instruction: number): readonly [offset: number, size: number] {
  let next = at;
  const read = (first: number, count: number) => {
    let value = 0;
    for (let byte = 0; byte < count; byte++) {
      if ((instruction & (1 << (first + byte))) !== 0) value += (delta[next++] ?? 0) * 256 ** byte;
    }
    return value;
  };
  const offset = read(0, 4);
  return [offset, read(4, 3) || 0x1_0000];
}

/** Number of seven bits per byte, the lowest first. */
function numberAt(delta: Buffer, from: number): number {
  let value = 0;
  for (let at = from; at < Math.min(from + 5, delta.length); at++) {
    value += ((delta[at] ?? 0) & 0x7f) * 128 ** (at - from);
    if (((delta[at] ?? 0) & 0x80) === 0) break;
  }
  return value;
}

function linesAround(content: Buffer, ranges: readonly (readonly [from: number, to: number])[]): Buffer {
  const lines: Buffer[] = [];
  let done = 0;
  for (const [from, to] of ranges) {
    if (to <= done) continue;
    const start = Math.max(done, content.lastIndexOf(LINE_END, Math.max(0, from - 1)) + 1);
    const end = content.indexOf(LINE_END, Math.max(0, to - 1));
    done = end < 0 ? content.length : end + 1;
    lines.push(content.subarray(start, done));
  }
  return Buffer.concat(lines);
}
