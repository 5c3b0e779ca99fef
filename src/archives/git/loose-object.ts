import type { ContentSink } from "../content/content-sink.ts";
import { Inflating } from "../content/inflating.ts";
import type { Opening } from "../content/opening.ts";
import { memberPlace, type Place } from "../content/place.ts";
import { Unreadable } from "../content/unreadable.ts";

/** Longest header in bytes, such as `commit 1234567890` and the NUL after it. */
const LONGEST_HEADER = 32;

/**
 * Reader of an object that git keeps in a file of its own: a zlib stream of its kind, its length, a NUL and
 * the content.
 */
export class LooseObject implements ContentSink {
  readonly #inflating: Inflating;
  readonly #place: Place;
  readonly #opening: Opening;
  #head = Buffer.alloc(0);
  #content: ContentSink | undefined;

  constructor(place: Place, opening: Opening) {
    this.#place = place;
    this.#opening = opening;
    this.#inflating = new Inflating("zlib", opening.budget);
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(bytes: Uint8Array): void {
    const consumed = this.#inflating.push(bytes, (piece) => this.#take(piece));
    if (consumed < bytes.length) throw new Unreadable("damaged");
  }

  end(): void {
    this.#inflating.finish();
    if (this.#content === undefined) throw new Unreadable("damaged");
    this.#content.end();
  }

  #take(piece: Uint8Array): void {
    if (this.#content !== undefined) return this.#content.push(piece);
    this.#head = Buffer.concat([this.#head, piece]);
    const end = this.#head.indexOf(0);
    if (end < 0 && this.#head.length > LONGEST_HEADER) throw new Unreadable("damaged");
    if (end < 0) return;
    const kind = this.#head.toString("latin1", 0, end).split(" ")[0] ?? "";
    this.#content = this.#opening.open(memberPlace(this.#place, kind));
    this.#content.push(this.#head.subarray(end + 1));
  }
}
