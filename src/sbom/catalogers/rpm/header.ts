/** Tags of a package's header (rpmtag.h). */
export const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  license: 1014,
  architecture: 1022,
  oldFileNames: 1027,
  sourceRpm: 1044,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  modularityLabel: 5096,
} as const;

const TYPE = { int32: 4, string: 6, stringArray: 8, i18nString: 9 } as const;
const ENTRY_BYTES = 16;

interface Entry {
  readonly type: number;
  /** Offset in the store after the entries. */
  readonly offset: number;
  /** Number of values. */
  readonly count: number;
}

/**
 * Header of a package in rpm's databases
 * (https://rpm-software-management.github.io/rpm/manual/hregions.html): two counts, entries of 16 bytes, and
 * the store that entries point into; numbers are big-endian.
 */
export class RpmHeader {
  readonly #store: Buffer;
  readonly #entries = new Map<number, Entry>();

  /** @throws Error if the length differs from the declared one */
  constructor(bytes: Buffer) {
    const [count, storeBytes] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
    const store = 8 + count * ENTRY_BYTES;
    if (store + storeBytes !== bytes.length) throw new Error("a header of another length");
    this.#store = bytes.subarray(store);
    for (let at = 8; at < store; at += ENTRY_BYTES) {
      // A later entry with the same tag replaces an earlier, signed one.
      this.#entries.set(bytes.readUInt32BE(at), {
        type: bytes.readUInt32BE(at + 4),
        offset: bytes.readUInt32BE(at + 8),
        count: bytes.readUInt32BE(at + 12),
      });
    }
  }

  /**
   * Text of a tag, or the first of several; undefined if there is none.
   *
   * @throws Error if the text has no end
   */
  text(tag: number): string | undefined {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return undefined;
    const { type, offset } = entry;
    if (type !== TYPE.string && type !== TYPE.stringArray && type !== TYPE.i18nString) return undefined;
    const end = this.#store.indexOf(0, offset);
    if (end < 0) throw new Error("a text beyond the header");
    return this.#store.toString("utf8", offset, end);
  }

  /** Number of a tag. @throws Error if it is beyond the header */
  number(tag: number): number | undefined {
    const entry = this.#entries.get(tag);
    return entry?.type === TYPE.int32 ? this.#store.readUInt32BE(entry.offset) : undefined;
  }

  /**
   * All texts of a tag, one at a time, since a package may have a hundred thousand files.
   *
   * @throws Error if they are beyond the header
   */
  *texts(tag: number): Generator<string> {
    const entry = this.#entries.get(tag);
    if (entry?.type !== TYPE.stringArray) return;
    let begin = entry.offset;
    for (let at = 0; at < entry.count; at++) {
      const end = this.#store.indexOf(0, begin);
      if (end < 0) throw new Error("texts beyond the header");
      yield this.#store.toString("utf8", begin, end);
      begin = end + 1;
    }
  }

  /** Number at an index of a tag. @throws Error if it is beyond the header */
  numberAt(tag: number, index: number): number {
    const entry = this.#entries.get(tag);
    if (entry?.type !== TYPE.int32 || index >= entry.count) throw new Error("a number that is not there");
    return this.#store.readUInt32BE(entry.offset + 4 * index);
  }
}
