/** Names and constants of a .NET assembly by token (ECMA-335 II.24). */
export interface AssemblyTables {
  /** Name of the field, method or member reference with this token; undefined if there is none. */
  name(token: number): string | undefined;
  /** String literal with this token; undefined if there is none. */
  literal(token: number): string | undefined;
  /** Names and values of fields that are constant strings. */
  constants(): Generator<readonly [name: string, value: string]>;
}

const [FIELD, METHOD, PARAM, MEMBER_REF, CONSTANT] = [0x04, 0x06, 0x08, 0x0a, 0x0b];
/** Coded indexes: the number of tag bits, then the tables that the tag selects (II.24.2.6). */
const CODED = {
  resolutionScope: [2, 0x00, 0x1a, 0x23, 0x01],
  typeDefOrRef: [2, 0x02, 0x01, 0x1b],
  memberRefParent: [3, 0x02, 0x01, 0x1a, 0x06, 0x1b],
  hasConstant: [2, FIELD, PARAM, 0x17],
} as const;
const ROOT = Buffer.from("BSJB");
const STRING_TYPE = 0x0e;
const TABLES = 64;

/** Reads the tables of an assembly. @throws RangeError if the bytes are not a whole assembly */
export function assemblyTables(bytes: Buffer): AssemblyTables {
  const root = bytes.indexOf(ROOT);
  if (root < 0) throw new RangeError("root");
  return new Tables(bytes, streamsAt(bytes, root));
}

type Streams = ReadonlyMap<string, Buffer>;

/** Reads the metadata root (II.24.2.1): the version, then the offset of each stream. */
function streamsAt(bytes: Buffer, root: number): Streams {
  const streams = new Map<string, Buffer>();
  let at = root + 16 + bytes.readUInt32LE(root + 12);
  const count = bytes.readUInt16LE(at + 2);
  at += 4;
  for (let index = 0; index < Math.min(count, 16); index++) {
    const [offset, size] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    const end = bytes.indexOf(0, at + 8);
    if (end < 0) throw new RangeError("stream");
    streams.set(bytes.toString("latin1", at + 8, end), bytes.subarray(root + offset, root + offset + size));
    at += 8 + 4 * Math.ceil((end + 1 - at - 8) / 4);
  }
  return streams;
}

class Tables implements AssemblyTables {
  readonly #tables: Buffer;
  readonly #strings: Buffer;
  readonly #blobs: Buffer;
  readonly #literals: Buffer;
  readonly #rows: number[] = [];
  readonly #offsets: number[] = [];
  /** Bytes of an index into the heaps of strings, GUIDs and blobs. */
  readonly #heap: readonly [number, number, number];

  constructor(_: Buffer, streams: Streams) {
    const of = (name: string): Buffer => streams.get(name) ?? Buffer.alloc(0);
    [this.#tables, this.#strings, this.#blobs, this.#literals] = [
      of("#~"),
      of("#Strings"),
      of("#Blob"),
      of("#US"),
    ];
    const sizes = this.#tables.readUInt8(6);
    this.#heap = [sizes & 1 ? 4 : 2, sizes & 2 ? 4 : 2, sizes & 4 ? 4 : 2];
    const valid = this.#tables.readBigUInt64LE(8);
    let at = 24;
    for (let table = 0; table < TABLES; table++) {
      const isThere = ((valid >> BigInt(table)) & 1n) === 1n;
      this.#rows.push(isThere ? this.#tables.readUInt32LE(at) : 0);
      if (isThere) at += 4;
    }
    for (let table = 0; table <= CONSTANT; table++) {
      this.#offsets.push(at);
      at += (this.#rows[table] ?? 0) * this.#rowBytes(table);
    }
  }

  name(token: number): string | undefined {
    const [table, row] = [token >>> 24, token & 0xff_ffff];
    const within =
      table === FIELD ? 2 : table === METHOD ? 8 : table === MEMBER_REF ? this.#coded("memberRefParent") : -1;
    if (within < 0 || row === 0 || row > (this.#rows[table] ?? 0)) return undefined;
    const at = (this.#offsets[table] ?? 0) + (row - 1) * this.#rowBytes(table) + within;
    return this.#string(this.#index(at, this.#heap[0]));
  }

  literal(token: number): string | undefined {
    const text = blobAt(this.#literals, token & 0xff_ffff);
    // The last byte only flags characters beyond ASCII (II.24.2.4).
    return text?.toString("utf16le", 0, text.length - 1);
  }

  *constants(): Generator<readonly [string, string]> {
    const coded = this.#coded("hasConstant");
    for (let row = 0; row < (this.#rows[CONSTANT] ?? 0); row++) {
      const at = (this.#offsets[CONSTANT] ?? 0) + row * this.#rowBytes(CONSTANT);
      if (this.#tables.readUInt8(at) !== STRING_TYPE) continue;
      const parent = this.#index(at + 2, coded);
      const value = blobAt(this.#blobs, this.#index(at + 2 + coded, this.#heap[2]));
      const name = (parent & 3) === 0 ? this.name((FIELD << 24) | (parent >>> 2)) : undefined;
      if (name !== undefined && value !== undefined) yield [name, value.toString("utf16le")];
    }
  }

  /** Bytes of one row of a table (II.22), for the first twelve tables. */
  #rowBytes(table: number): number {
    const [string, guid, blob] = this.#heap;
    const type = this.#coded("typeDefOrRef");
    const bytes = [
      2 + string + 3 * guid,
      this.#coded("resolutionScope") + 2 * string,
      4 + 2 * string + type + this.#simple(FIELD) + this.#simple(METHOD),
      this.#simple(FIELD),
      2 + string + blob,
      this.#simple(METHOD),
      8 + string + blob + this.#simple(PARAM),
      this.#simple(PARAM),
      4 + string,
      this.#simple(0x02) + type,
      this.#coded("memberRefParent") + string + blob,
      2 + this.#coded("hasConstant") + blob,
    ];
    return bytes[table] ?? 0;
  }

  #simple(table: number): number {
    return (this.#rows[table] ?? 0) < 0x1_0000 ? 2 : 4;
  }

  #coded(kind: keyof typeof CODED): number {
    const [bits, ...tables] = CODED[kind];
    const most = Math.max(...tables.map((table) => this.#rows[table] ?? 0));
    return most < 2 ** (16 - bits) ? 2 : 4;
  }

  #index(at: number, bytes: number): number {
    return bytes === 2 ? this.#tables.readUInt16LE(at) : this.#tables.readUInt32LE(at);
  }

  #string(at: number): string {
    const end = this.#strings.indexOf(0, at);
    return this.#strings.toString("utf8", at, end < 0 ? at : end);
  }
}

/** Reads a blob (II.24.2.4): its length in one, two or four bytes, then its content. */
function blobAt(heap: Buffer, at: number): Buffer | undefined {
  const first = heap[at];
  if (first === undefined) return undefined;
  const [bytes, length] =
    first < 0x80
      ? [1, first]
      : first < 0xc0
        ? [2, ((first & 0x3f) << 8) | (heap[at + 1] ?? 0)]
        : [4, ((first & 0x1f) << 24) | heap.readUIntBE(at + 1, 3)];
  const blob = heap.subarray(at + bytes, at + bytes + length);
  return length > 0 && blob.length === length ? blob : undefined;
}
