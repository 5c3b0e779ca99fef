import { LIMITS } from "../../contract/limits.ts";
import type { ContentSink } from "../content/content-sink.ts";
import type { Opening } from "../content/opening.ts";
import { type Place, unpackedPlace } from "../content/place.ts";
import type { Step } from "../content/step.ts";
import { SteppedContent } from "../content/stepped-content.ts";
import { Unreadable } from "../content/unreadable.ts";
import { dictionarySize } from "./block-header.ts";
import { Lzma2 } from "./lzma2.ts";

const MAGIC = Buffer.from("\xfd7zXZ\0", "latin1");
const HEADER = 12;
/**
 * Bytes of the check after a block, by number (2.1.1.2): none, CRC-32, CRC-64, SHA-256. Other checks are not
 * in use.
 */
const CHECKS: Readonly<Record<number, number>> = { 0: 0, 1: 4, 4: 8, 10: 32 };

/**
 * Reader of an xz file (The .xz File Format 1.2.0): streams of blocks in LZMA2. Checks are not verified: the
 * content is searched in any case.
 */
export class XzContent extends SteppedContent {
  readonly #inner: ContentSink;
  #check = 0;
  #lzma2: Lzma2 | undefined;
  #isWhole = false;

  constructor(place: Place, opening: Opening) {
    super(place, opening);
    this.#inner = opening.open(unpackedPlace(place));
  }

  override end(): void {
    if (!this.#isWhole || this.reader.isCut) throw new Unreadable("damaged");
    this.#inner.end();
  }

  protected override firstStep(): Step | undefined {
    const padding = this.#isWhole ? this.reader.take(4) : Buffer.alloc(0);
    if (padding === undefined) return undefined;
    // Groups of four zero bytes may separate streams (2.2).
    if (padding.length > 0 && padding.readUInt32LE() === 0) return () => this.firstStep();
    this.#isWhole = false;
    return () => this.#readFlags(padding);
  }

  #readFlags(begun: Buffer): Step | undefined {
    const rest = this.reader.take(HEADER - begun.length);
    if (rest === undefined) return undefined;
    const header = Buffer.concat([begun, rest]);
    const check = CHECKS[header[7] ?? 255];
    if (!header.subarray(0, MAGIC.length).equals(MAGIC) || check === undefined)
      throw new Unreadable("damaged");
    this.#check = check;
    return () => this.#readBlock();
  }

  #readBlock(): Step | undefined {
    const size = this.reader.take(1)?.[0];
    if (size === undefined) return undefined;
    return size === 0 ? this.#readIndex(this.reader.offset - 1) : () => this.#readBlockHeader(size * 4 + 3);
  }

  #readBlockHeader(length: number): Step | undefined {
    const header = this.reader.take(length);
    if (header === undefined) return undefined;
    this.#lzma2 = new Lzma2(dictionarySize(header), (bytes) => this.#found(bytes));
    const begin = this.reader.offset;
    return () => this.#readChunk(begin);
  }

  #readChunk(begin: number): Step | undefined {
    const isOver = this.#lzma2?.read(this.reader);
    if (isOver === undefined) return undefined;
    if (!isOver) return () => this.#readChunk(begin);
    const padding = -(this.reader.offset - begin) & 3;
    return () => this.reader.take(padding + this.#check) && (() => this.#readBlock());
  }

  #found(bytes: Buffer): void {
    this.opening.budget.addBytes(bytes.length);
    this.opening.budget.addSlowBytes(bytes.length);
    this.#inner.push(bytes);
  }

  /**
   * Reads the index (4): a count, two numbers for each block, zeros up to a multiple of four, a checksum;
   * then the footer.
   */
  #readIndex(begin: number): Step {
    return () =>
      this.#readNumber(0, 0, (count) => {
        if (count > LIMITS.packedMembersPerLayer) throw new Unreadable("too-much");
        return () => this.#readRecords(begin, count * 2);
      });
  }

  #readRecords(begin: number, left: number): Step | undefined {
    if (left > 0) return this.#readNumber(0, 0, () => () => this.#readRecords(begin, left - 1));
    const padding = -(this.reader.offset - begin) & 3;
    return () => this.#readFooter(padding + 4);
  }

  /**
   * Reads a variable-length number: seven bits per byte, the lowest first; the last byte has no eighth bit.
   */
  #readNumber(value: number, bits: number, then: (value: number) => Step): Step | undefined {
    const byte = this.reader.take(1)?.[0];
    if (byte === undefined) return undefined;
    if (bits > 56) throw new Unreadable("damaged");
    const sum = value + (byte & 0x7f) * 2 ** bits;
    return byte < 0x80 ? then(sum) : () => this.#readNumber(sum, bits + 7, then);
  }

  #readFooter(before: number): Step | undefined {
    const footer = this.reader.take(before + HEADER);
    if (footer === undefined) return undefined;
    if (footer.toString("latin1", footer.length - 2) !== "YZ") throw new Unreadable("damaged");
    this.#isWhole = true;
    return () => this.firstStep();
  }
}
