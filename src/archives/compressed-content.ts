import type { Compressed } from "../image/inflate/sync-inflater.ts";
import type { ContentSink } from "./content/content-sink.ts";
import { Inflating } from "./content/inflating.ts";
import type { Opening } from "./content/opening.ts";
import { type Place, unpackedPlace } from "./content/place.ts";
import { Unreadable } from "./content/unreadable.ts";

/** Reader of a compressed file. */
export class CompressedContent implements ContentSink {
  readonly #inflating: Inflating;
  readonly #inner: ContentSink;

  constructor(format: Compressed, place: Place, opening: Opening) {
    this.#inflating = new Inflating(format, opening.budget);
    this.#inner = opening.open(unpackedPlace(place));
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(bytes: Uint8Array): void {
    const consumed = this.#inflating.push(bytes, (piece) => this.#inner.push(piece));
    if (bytes.subarray(consumed).some((byte) => byte !== 0)) this.#fail();
  }

  end(): void {
    this.#inflating.finish();
    this.#inner.end();
  }

  #fail(): never {
    this.#inflating.abandon();
    throw new Unreadable("damaged");
  }
}
