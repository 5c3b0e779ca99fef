/** Constants of a class by number (JVMS 4.4). */
export interface ClassPool {
  /** Text of a Utf8 constant; "" for other constants. */
  text(index: number): string;
  /** Text of a String constant; undefined for other constants. */
  string(index: number): string | undefined;
  /** Name of the field or method that a constant refers to; undefined for other constants. */
  member(index: number): string | undefined;
  /** Offset after the constants. */
  readonly end: number;
}

const [UTF8, LONG, DOUBLE, STRING, NAME_AND_TYPE] = [1, 5, 6, 8, 12];
const REFERENCES: ReadonlySet<number | undefined> = new Set([9, 10, 11]);
/** Number of bytes after the tag, by tag. */
const LENGTHS: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};
const MAGIC = 0xcafebabe;

/** Reads the constants of a class. @throws RangeError if the bytes are not a whole class */
export function readPool(bytes: Buffer): ClassPool {
  if (bytes.readUInt32BE(0) !== MAGIC) throw new RangeError("magic");
  const count = bytes.readUInt16BE(8);
  const offsets = new Uint32Array(count);
  let at = 10;
  for (let index = 1; index < count; index++) {
    offsets[index] = at;
    const tag = bytes.readUInt8(at);
    const length = tag === UTF8 ? 2 + bytes.readUInt16BE(at + 1) : LENGTHS[tag];
    if (length === undefined) throw new RangeError("tag");
    at += 1 + length;
    // A long or a double takes two numbers (JVMS 4.4.5).
    if (tag === LONG || tag === DOUBLE) index += 1;
  }
  if (at > bytes.length) throw new RangeError("end");
  return poolOf(bytes, offsets, at);
}

function poolOf(bytes: Buffer, offsets: Uint32Array, end: number): ClassPool {
  const tagAt = (index: number): number | undefined => bytes[offsets[index] ?? 0];
  const shortIn = (index: number, within: number): number => {
    return bytes.readUInt16BE((offsets[index] ?? 0) + within);
  };
  const text = (index: number): string => {
    const at = offsets[index] ?? 0;
    if (at === 0 || bytes[at] !== UTF8) return "";
    return bytes.toString("utf8", at + 3, at + 3 + bytes.readUInt16BE(at + 1));
  };
  return {
    text,
    end,
    string: (index) => (isAt(index, STRING) ? text(shortIn(index, 1)) : undefined),
    member(index) {
      if (!REFERENCES.has(tagAt(index)) || (offsets[index] ?? 0) === 0) return undefined;
      const named = shortIn(index, 3);
      return isAt(named, NAME_AND_TYPE) ? text(shortIn(named, 1)) : undefined;
    },
  };

  function isAt(index: number, tag: number): boolean {
    return (offsets[index] ?? 0) > 0 && tagAt(index) === tag;
  }
}
