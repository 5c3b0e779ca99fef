import { LIMITS } from "../../contract/limits.ts";
import type { ContentSink } from "../content/content-sink.ts";
import { Inflating } from "../content/inflating.ts";
import type { Opening } from "../content/opening.ts";
import { memberPlace } from "../content/place.ts";
import type { Step } from "../content/step.ts";
import { SteppedContent } from "../content/stepped-content.ts";
import { Unreadable } from "../content/unreadable.ts";
import { insertedBytes, patched } from "./delta.ts";

/** Types of objects by number (gitformat-pack). */
const KINDS: Readonly<Record<number, "commit" | "tree" | "blob" | "tag" | "offset-delta" | "named-delta">> = {
  1: "commit",
  2: "tree",
  3: "blob",
  4: "tag",
  6: "offset-delta",
  7: "named-delta",
};
const HEADER = 12;
/** Bytes of the name of a delta's base, and of the checksum at the end: SHA-1. */
const NAME = 20;

/** Longest content kept as a base for differences: files of settings are smaller. */
const BASE_BYTES = 64 * 1024;
const ALL_BASES = 16 * 1024 ** 2;

/** Contents that are bases for differences in the same pack, by offset. */
class Bases {
  readonly #known = new Map<number, Buffer>();
  #bytes = 0;

  keep(offset: number, content: Buffer): void {
    if (content.length > BASE_BYTES || this.#bytes + content.length > ALL_BASES) return;
    this.#bytes += content.length;
    this.#known.set(offset, content);
  }

  at(offset: number): Buffer | undefined {
    return this.#known.get(offset);
  }
}

/**
 * Objects of a git pack. Of an object stored as a delta: its changed lines if the base is known, otherwise
 * the added text.
 */
export class GitPack extends SteppedContent {
  readonly #bases = new Bases();
  #left = 0;
  #isWhole = false;

  override end(): void {
    if (!this.#isWhole) throw new Unreadable("damaged");
  }

  protected override firstStep(): Step | undefined {
    const header = this.reader.take(HEADER);
    if (header === undefined) return undefined;
    this.#left = header.readUInt32BE(8);
    return () => this.#readObject();
  }

  #readObject(): Step | undefined {
    if (this.#left === 0) return () => this.#readChecksum();
    const { offset } = this.reader;
    const first = this.reader.take(1)?.[0];
    if (first === undefined) return undefined;
    this.#left--;
    this.opening.budget.addMember();
    const kind = KINDS[(first >> 4) & 7];
    if (kind === undefined) throw new Unreadable("damaged");
    const begin = () => this.#beginContent(kind, offset);
    return (first & 0x80) === 0 ? begin : () => this.#skipNumber(begin);
  }

  /** Skips a variable-length number: seven bits per byte; the last byte has no eighth bit. */
  #skipNumber(then: Step): Step | undefined {
    const byte = this.reader.take(1)?.[0];
    if (byte === undefined) return undefined;
    return (byte & 0x80) === 0 ? then : () => this.#skipNumber(then);
  }

  #beginContent(kind: (typeof KINDS)[number], offset: number): Step {
    if (kind === "offset-delta") return () => this.#readDistance(0, true, offset);
    const content = this.#contentOf(kind, offset);
    const read = () => this.#readContent(content);
    return kind === "named-delta" ? () => this.reader.take(NAME) && read : read;
  }

  /**
   * Reads the distance back to the base: seven bits per byte, the highest first; each further byte adds one.
   */
  #readDistance(before: number, isFirst: boolean, offset: number): Step | undefined {
    const byte = this.reader.take(1)?.[0];
    if (byte === undefined) return undefined;
    const distance = (isFirst ? 0 : (before + 1) * 128) + (byte & 0x7f);
    if ((byte & 0x80) !== 0) return () => this.#readDistance(distance, false, offset);
    const content = this.#contentOf("offset-delta", offset, this.#bases.at(offset - distance));
    return () => this.#readContent(content);
  }

  #contentOf(kind: (typeof KINDS)[number], offset: number, base?: Buffer): PackedObject {
    const keep = (content: Buffer) => this.#bases.keep(offset, content);
    return new PackedObject({ kind, base, keep, sink: this.#sinkOf(kind) }, this.opening);
  }

  /** Sink for an object's content; none for trees, which contain only names. */
  #sinkOf(kind: string): ContentSink | undefined {
    if (kind === "tree") return undefined;
    const offset = this.reader.offset;
    return this.opening.open(memberPlace(this.place, `${kind} (${offset})`));
  }

  #readContent(content: PackedObject): Step | undefined {
    const bytes = this.reader.some(Infinity);
    if (bytes.length === 0) return undefined;
    this.reader.unread(bytes.length - content.push(bytes));
    return content.isOver ? () => this.#readObject() : undefined;
  }

  #readChecksum(): Step | undefined {
    if (this.reader.take(NAME) === undefined) return undefined;
    this.#isWhole = true;
    return () => {
      if (this.reader.take(1) === undefined) return undefined;
      throw new Unreadable("damaged");
    };
  }
}

/** An object as stored in the pack. */
interface Packed {
  readonly kind: string;
  /** Base of a difference; undefined if unknown. */
  readonly base: Buffer | undefined;
  readonly keep: (content: Buffer) => void;
  readonly sink: ContentSink | undefined;
}

class PackedObject {
  readonly #inflating: Inflating;
  readonly #packed: Packed;
  readonly #isDelta: boolean;
  /** All bytes of a difference, or the kept part of a file's content. */
  readonly #pieces: Buffer[] = [];
  #size = 0;

  constructor(packed: Packed, { budget }: Opening) {
    this.#inflating = new Inflating("zlib", budget);
    this.#packed = packed;
    this.#isDelta = packed.kind.endsWith("delta");
  }

  get isOver(): boolean {
    return this.#inflating.isOver;
  }

  /** Reads a part of the object. @returns bytes consumed */
  push(bytes: Buffer): number {
    const consumed = this.#inflating.push(bytes, (piece) => this.#take(piece));
    if (!this.isOver) return consumed;
    this.#inflating.finish();
    const { sink, keep, base } = this.#packed;
    const all = Buffer.concat(this.#pieces);
    if (this.#isDelta) sink?.whole(this.#resolved(all, base));
    else sink?.end();
    if (!this.#isDelta && this.#size === all.length) keep(all);
    return consumed;
  }

  #resolved(delta: Buffer, base: Buffer | undefined): Buffer {
    const made = base === undefined ? undefined : patched(base, delta, BASE_BYTES);
    if (made === undefined) return insertedBytes(delta);
    this.#packed.keep(made.content);
    return made.changed;
  }

  #take(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.#isDelta) {
      if (this.#size > LIMITS.gitDeltaBytes) throw new Unreadable("too-much");
      this.#pieces.push(Buffer.from(piece));
      return;
    }
    if (this.#size <= BASE_BYTES && this.#packed.kind === "blob") this.#pieces.push(Buffer.from(piece));
    this.#packed.sink?.push(piece);
  }
}
