import type { KeptFile } from "./kept-file.ts";
import { Pages, pageSize } from "./pages.ts";

// SQLite's file format (https://www.sqlite.org/fileformat.html); numbers in comments are its sections.

export const SQLITE_MAGIC = Buffer.from("SQLite format 3\0", "latin1");

const HEADER_BYTES = 100;
const LEAF = 0x0d;
const INTERIOR = 0x05;
/** Maximum depth of a tree, reached only by trees of more than 2^32 pages. */
const DEPTH = 40;

/**
 * Content of the first blob column of each row of a table, valid until the next row.
 *
 * @param index a table with the same number of rows, by which lost rows are detected
 * @throws Error if the file is damaged, truncated, or lacks these tables
 */
export function* sqliteBlobs(file: KeptFile, table: string, index: string): Generator<Buffer> {
  const tables = new Tables(file);
  const roots = new Map<string, number>();
  for (const record of tables.records(1)) {
    const [type, name, , root] = columns(record);
    if (text(type) === "table" && root !== undefined) roots.set(text(name) ?? "", integer(root));
  }
  const [root, indexRoot] = [roots.get(table), roots.get(index)];
  if (root === undefined || indexRoot === undefined) throw new Error("no tables of rpm");
  let rows = 0;
  for (const record of tables.records(root)) {
    rows++;
    yield blobOf(record);
  }
  for (const _ of tables.records(indexRoot)) rows--;
  if (rows !== 0) throw new Error("rows are missing");
}

class Tables {
  readonly #pages: Pages;
  /** Usable bytes of a page. */
  readonly #usable: number;

  constructor(file: KeptFile) {
    const header = file.read(0, HEADER_BYTES);
    const stated = header.readUInt16BE(16);
    this.#pages = new Pages(file, pageSize(stated === 1 ? 65_536 : stated));
    this.#usable = this.#pages.size - header.readUInt8(20);
    if (this.#usable < 480) throw new Error("no room in a page");
    // Section 1.3.7: the page count is valid if it was changed together with the file.
    if (header.readUInt32BE(24) === header.readUInt32BE(92)) this.#pages.expect(header.readUInt32BE(28));
  }

  /** Records of a table. @param root number of its root page, from 1 */
  *records(root: number, depth = 0): Generator<Buffer> {
    if (depth > DEPTH) throw new Error("too deep");
    // The file's header precedes the first page's content.
    const page = this.#pages.take(root - 1);
    const at = root === 1 ? HEADER_BYTES : 0;
    const type = page.readUInt8(at);
    if (type !== LEAF && type !== INTERIOR) throw new Error(`page ${root} is none of a table`);
    const first = at + (type === LEAF ? 8 : 12);
    const cells = page.readUInt16BE(at + 3);
    for (let cell = 0; cell < cells; cell++) {
      const begin = page.readUInt16BE(first + 2 * cell);
      if (type === LEAF) yield this.#payload(page, begin);
      else yield* this.records(page.readUInt32BE(begin), depth + 1);
    }
    if (type === INTERIOR) yield* this.records(page.readUInt32BE(at + 8), depth + 1);
  }

  /** Payload of a cell (1.6, "Cell Payload Overflow Pages"). */
  #payload(page: Buffer, begin: number): Buffer {
    const length = varint(page, begin);
    const from = varint(page, length.end).end;
    const local = this.#localBytes(length.value);
    if (from + local > this.#usable) throw new Error("a cell beyond its page");
    if (local === length.value) return page.subarray(from, from + local);
    const payload = this.#pages.content(length.value);
    page.copy(payload, 0, from, from + local);
    let next = page.readUInt32BE(from + local);
    for (let at = local; at < payload.length; ) {
      const overflow = this.#pages.take(next - 1);
      at += overflow.copy(payload, at, 4, this.#usable);
      next = overflow.readUInt32BE();
    }
    return payload;
  }

  #localBytes(length: number): number {
    const most = this.#usable - 35;
    if (length <= most) return length;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const wanted = least + ((length - least) % (this.#usable - 4));
    return wanted <= most ? wanted : least;
  }
}

interface Column {
  /** Serial type (2.1). */
  readonly type: number;
  readonly bytes: Buffer;
}

/** Columns of a record (2.1, "Record Format"): the types of all columns, followed by their contents. */
function columns(record: Buffer): readonly Column[] {
  const header = varint(record, 0);
  const found: Column[] = [];
  let at = header.value;
  for (let next = header.end; next < header.value; ) {
    const type = varint(record, next);
    next = type.end;
    const end = at + bytesOf(type.value);
    if (end > record.length) throw new Error("a column beyond its record");
    found.push({ type: type.value, bytes: record.subarray(at, end) });
    at = end;
  }
  return found;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function bytesOf(type: number): number {
  return INTEGER_BYTES[type] ?? Math.max(0, Math.floor((type - 12) / 2));
}

function blobOf(record: Buffer): Buffer {
  const blob = columns(record).find(({ type }) => type >= 12 && type % 2 === 0);
  if (blob === undefined) throw new Error("a row without a blob");
  return blob.bytes;
}

function text(column: Column | undefined): string | undefined {
  return column !== undefined && column.type >= 13 && column.type % 2 === 1
    ? column.bytes.toString("utf8")
    : undefined;
}

function integer({ type, bytes }: Column): number {
  if (type === 9) return 1;
  if (type < 1 || type > 5) throw new Error("no number of a page");
  return bytes.readUIntBE(0, bytes.length);
}

/**
 * Variable-length integer (1.6): big-endian digits of seven bits, the ninth byte complete; offsets in a file
 * have seven digits at most.
 */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let next = at; next < at + 7; next++) {
    const byte = bytes.readUInt8(next);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: next + 1 };
  }
  throw new Error("a number too large");
}
