import { LIMITS } from "../../../contract/limits.ts";
import type { ContentSink } from "../content-sink.ts";
import { Inflating } from "../inflating.ts";
import type { Opening } from "../opening.ts";
import { PieceReader } from "../piece-reader.ts";
import { memberPlace, type Place } from "../place.ts";
import { advance, type Step } from "../step.ts";
import { Unreadable } from "../unreadable.ts";
import { insertedBytes } from "./delta.ts";

/** gitformat-pack: types of objects. */
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

/** The objects of a pack of git; of those that are kept as a difference, what they add. */
export class GitPack implements ContentSink {
  readonly #place: Place;
  readonly #opening: Opening;
  readonly #reader = new PieceReader();
  #left = 0;
  #isWhole = false;
  #step: Step = () => this.#readHeader();

  constructor(place: Place, opening: Opening) {
    this.#place = place;
    this.#opening = opening;
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
    this.#step = advance(this.#step);
  }

  end(): void {
    if (!this.#isWhole) throw new Unreadable("damaged");
  }

  #readHeader(): Step | undefined {
    const header = this.#reader.take(HEADER);
    if (header === undefined) return undefined;
    this.#left = header.readUInt32BE(8);
    return () => this.#readObject();
  }

  #readObject(): Step | undefined {
    if (this.#left === 0) return () => this.#readChecksum();
    const first = this.#reader.take(1)?.[0];
    if (first === undefined) return undefined;
    this.#left--;
    this.#opening.budget.addMember();
    const kind = KINDS[(first >> 4) & 7];
    if (kind === undefined) throw new Unreadable("damaged");
    const begin = () => this.#beginContent(kind);
    return (first & 0x80) === 0 ? begin : () => this.#skipNumber(begin);
  }

  /** A number of seven bits a byte, the last without the eighth. */
  #skipNumber(then: Step): Step | undefined {
    const byte = this.#reader.take(1)?.[0];
    if (byte === undefined) return undefined;
    return (byte & 0x80) === 0 ? then : () => this.#skipNumber(then);
  }

  #beginContent(kind: (typeof KINDS)[number]): Step {
    const content = new PackedObject(kind.endsWith("delta"), this.#sinkOf(kind), this.#opening);
    const read = () => this.#readContent(content);
    if (kind === "offset-delta") return () => this.#skipNumber(read);
    return kind === "named-delta" ? () => this.#reader.take(NAME) && read : read;
  }

  /** Trees hold names alone. */
  #sinkOf(kind: string): ContentSink | undefined {
    if (kind === "tree") return undefined;
    const offset = this.#reader.offset;
    return this.#opening.open(memberPlace(this.#place, `${kind} (${offset})`));
  }

  #readContent(content: PackedObject): Step | undefined {
    const bytes = this.#reader.some(Infinity);
    if (bytes.length === 0) return undefined;
    this.#reader.unread(bytes.length - content.push(bytes));
    return content.isOver ? () => this.#readObject() : undefined;
  }

  #readChecksum(): Step | undefined {
    if (this.#reader.take(NAME) === undefined) return undefined;
    this.#isWhole = true;
    return () => {
      if (this.#reader.take(1) === undefined) return undefined;
      throw new Unreadable("damaged");
    };
  }
}

class PackedObject {
  readonly #inflating: Inflating;
  readonly #sink: ContentSink | undefined;
  readonly #delta: Buffer[] | undefined;
  #size = 0;

  constructor(isDelta: boolean, sink: ContentSink | undefined, { budget }: Opening) {
    this.#inflating = new Inflating("zlib", budget);
    this.#sink = sink;
    this.#delta = isDelta ? [] : undefined;
  }

  get isOver(): boolean {
    return this.#inflating.isOver;
  }

  /** @returns bytes consumed */
  push(bytes: Buffer): number {
    const consumed = this.#inflating.push(bytes, (piece) => this.#take(piece));
    if (!this.isOver) return consumed;
    this.#inflating.finish();
    if (this.#delta === undefined) this.#sink?.end();
    else this.#sink?.whole(insertedBytes(Buffer.concat(this.#delta)));
    return consumed;
  }

  #take(piece: Uint8Array): void {
    if (this.#delta === undefined) return this.#sink?.push(piece);
    this.#size += piece.length;
    if (this.#size > LIMITS.gitDeltaBytes) throw new Unreadable("too-much");
    this.#delta.push(Buffer.from(piece));
  }
}
