/** Names and constants of a Python code object. */
export interface PythonCode {
  /** Instructions, two bytes each. */
  readonly code: Buffer;
  readonly constants: readonly MarshalValue[];
  /** Names of globals and attributes. */
  readonly names: readonly MarshalValue[];
  /** Names of local variables. */
  readonly variables: readonly MarshalValue[];
}

/** A string, bytes or a tuple; undefined for other values. */
export type MarshalValue = string | Buffer | readonly MarshalValue[] | undefined;

/** Maximum number of levels of nested objects; modules have some 20. */
const DEPTH = 100;
const REFERENCED = 0x80;
/** Bytes that follow the type code of values that are skipped. */
const LENGTHS: Readonly<Record<string, number>> = {
  0: 0,
  N: 0,
  F: 0,
  T: 0,
  S: 0,
  ".": 0,
  i: 4,
  I: 8,
  g: 8,
  y: 16,
};

/**
 * All code objects in a Python marshal stream (Python/marshal.c).
 *
 * @param isNew whether code objects have the layout of Python 3.11 and later
 * @throws RangeError if the bytes are not marshal data or end too early
 */
export function codeObjects(bytes: Buffer, isNew: boolean): readonly PythonCode[] {
  const reader = new MarshalReader(bytes, isNew);
  reader.read(0);
  return reader.codes;
}

class MarshalReader {
  readonly codes: PythonCode[] = [];
  readonly #bytes: Buffer;
  readonly #isNew: boolean;
  readonly #references: MarshalValue[] = [];
  #at = 0;

  constructor(bytes: Buffer, isNew: boolean) {
    this.#bytes = bytes;
    this.#isNew = isNew;
  }

  read(depth: number): MarshalValue {
    if (depth > DEPTH) throw new RangeError("depth");
    const type = this.#byte();
    const reference = (type & REFERENCED) === 0 ? undefined : this.#references.push(undefined) - 1;
    const value = this.#value(String.fromCharCode(type & ~REFERENCED), depth);
    if (reference !== undefined) this.#references[reference] = value;
    return value;
  }

  #value(type: string, depth: number): MarshalValue {
    const length = LENGTHS[type];
    if (length !== undefined) return this.#skip(length);
    switch (type) {
      case "z":
      case "Z":
        return this.#take(this.#byte()).toString("latin1");
      case "a":
      case "A":
      case "t":
      case "u":
        return this.#take(this.#long()).toString("utf8");
      case "s":
        return this.#take(this.#long());
      case ")":
        return this.#several(this.#byte(), depth);
      case "(":
      case "[":
      case "<":
      case ">":
        return this.#several(this.#long(), depth);
      case "{":
        return this.#dictionary(depth);
      case "r":
        return this.#references[this.#long()];
      case "l":
        return this.#skip(4 + 2 * Math.abs(this.#bytes.readInt32LE(this.#at)));
      case "f":
        return this.#skip(this.#byte());
      case "x":
        return this.#skip(this.#byte()) ?? this.#skip(this.#byte());
      case "c":
        return this.#code(depth);
      default:
        throw new RangeError(`type ${type}`);
    }
  }

  #several(count: number, depth: number): readonly MarshalValue[] {
    if (count > this.#bytes.length - this.#at) throw new RangeError("count");
    return Array.from({ length: count }, () => this.read(depth + 1));
  }

  /** Skips a dictionary, which ends with a null object in the place of a key. */
  #dictionary(depth: number): undefined {
    while (this.#bytes[this.#at] !== 0x30) {
      this.read(depth + 1);
      this.read(depth + 1);
    }
    this.#at += 1;
  }

  #code(depth: number): undefined {
    const read = (): MarshalValue => this.read(depth + 1);
    // Counts of arguments, sizes and flags; before 3.11 the count of variables, too.
    this.#skip(this.#isNew ? 20 : 24);
    const [code, constants, names, variables] = [read(), read(), read(), read()];
    // Fields since 3.11: kinds, file, name, qualified name; before: free and cell variables, file, name.
    for (let fields = 4; fields > 0; fields--) read();
    this.#skip(4);
    read();
    if (this.#isNew) read();
    if (!Buffer.isBuffer(code) || !isTuple(constants) || !isTuple(names) || !isTuple(variables)) return;
    this.codes.push({ code, constants, names, variables });
  }

  #byte(): number {
    const byte = this.#bytes.readUInt8(this.#at);
    this.#at += 1;
    return byte;
  }

  #long(): number {
    const value = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length < length) throw new RangeError("end");
    this.#at += length;
    return taken;
  }

  #skip(length: number): undefined {
    this.#take(length);
  }
}

function isTuple(value: MarshalValue): value is readonly MarshalValue[] {
  return Array.isArray(value);
}
