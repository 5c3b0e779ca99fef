import type { KeptFile } from "./kept-file.ts";
import { Pages, pageSize } from "./pages.ts";

// Berkeley DB's hash format (dbinc/db_page.h), which rpm used until 4.16: pages with pairs of keys and
// values, long values in chains of overflow pages. Numbers are in the byte order of the machine that wrote
// the file.

const BERKELEY_MAGIC_AT = 12;
const HASH_MAGIC = 0x0006_1561;

const PAGE_TYPE = { free: 0, hashUnsorted: 2, overflow: 7, hashMeta: 8, hash: 13 } as const;
const ITEM_TYPE = { inline: 1, offPage: 3 } as const;
const PAGE_HEAD_BYTES = 26;
/** Bytes of a key, which is a package's number; 0 is the database's own item. */
const KEY_BYTES = 4;

/** Whether a file with this beginning is a Berkeley DB hash. */
export function isBerkeleyHash(head: Buffer): boolean {
  if (head.length < BERKELEY_MAGIC_AT + 4) return false;
  return (
    head.readUInt32LE(BERKELEY_MAGIC_AT) === HASH_MAGIC || head.readUInt32BE(BERKELEY_MAGIC_AT) === HASH_MAGIC
  );
}

/**
 * Header of each package, valid until the next.
 *
 * @throws Error if the file is damaged, truncated or encrypted
 */
export function* berkeleyBlobs(file: KeptFile): Generator<Buffer> {
  const numbers = new Numbers(file.read(0, 512));
  const meta = file.read(0, 512);
  if (meta[25] !== PAGE_TYPE.hashMeta) throw new Error("no hash");
  if (meta[24] !== 0 || meta[26] !== 0) throw new Error("encrypted, or with checksums");
  const pages = new Pages(file, pageSize(numbers.long(meta, 20)));
  const count = numbers.long(meta, 32) + 1;
  pages.expect(count);
  for (let index = 1; index < count; index++) {
    const page = pages.look(index);
    const type = page[25] ?? 0;
    if (type === PAGE_TYPE.hash || type === PAGE_TYPE.hashUnsorted) yield* values(page, pages, numbers);
    // Overflow chains are skipped here, since they are read with their items.
    else if (type !== PAGE_TYPE.overflow && (type !== PAGE_TYPE.free || numbers.short(page, 20) > 0)) {
      throw new Error("a page of another kind");
    }
  }
}

function* values(page: Buffer, pages: Pages, numbers: Numbers): Generator<Buffer> {
  const count = numbers.short(page, 20);
  const lowest = count === 0 ? page.length : numbers.short(page, PAGE_HEAD_BYTES + 2 * (count - 1));
  // Lowest offset of an item, where the page's free bytes end.
  if (count % 2 !== 0 || lowest % 65_536 !== numbers.short(page, 22))
    throw new Error("another number of items");
  for (let item = 0; item + 1 < count; item += 2) {
    const key = itemAt(page, item, numbers);
    const value = itemAt(page, item + 1, numbers);
    if (key[0] !== ITEM_TYPE.inline || key.length !== 1 + KEY_BYTES) throw new Error("a key of another kind");
    if (numbers.long(key, 1) === 0 && value[0] === ITEM_TYPE.inline && value.length === key.length) continue;
    if (value[0] === ITEM_TYPE.inline) yield value.subarray(1);
    else if (value[0] === ITEM_TYPE.offPage) yield chained(value, pages, numbers);
    else throw new Error("a value of another kind");
  }
}

/** Items are stored from the page's end backwards. */
function itemAt(page: Buffer, item: number, numbers: Numbers): Buffer {
  const begin = numbers.short(page, PAGE_HEAD_BYTES + 2 * item);
  const end = item === 0 ? page.length : numbers.short(page, PAGE_HEAD_BYTES + 2 * (item - 1));
  if (begin < PAGE_HEAD_BYTES || begin >= end || end > page.length)
    throw new Error("an item beyond its page");
  return page.subarray(begin, end);
}

function chained(item: Buffer, pages: Pages, numbers: Numbers): Buffer {
  const value = pages.content(numbers.long(item, 8));
  let next = numbers.long(item, 4);
  for (let at = 0; at < value.length; ) {
    const page = pages.take(next);
    const length = numbers.short(page, 22);
    if (page[25] !== PAGE_TYPE.overflow || length === 0) throw new Error("a chain that breaks off");
    at += page.copy(value, at, PAGE_HEAD_BYTES, PAGE_HEAD_BYTES + length);
    next = numbers.long(page, 16);
  }
  return value;
}

/** Reads numbers in the byte order given by the file's magic number. */
class Numbers {
  readonly #isLittle: boolean;

  constructor(head: Buffer) {
    this.#isLittle = head.readUInt32LE(BERKELEY_MAGIC_AT) === HASH_MAGIC;
  }

  long(bytes: Buffer, at: number): number {
    return this.#isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  short(bytes: Buffer, at: number): number {
    return this.#isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }
}
