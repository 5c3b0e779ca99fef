import type { ContentSink } from "./content-sink.ts";
import type { Opening } from "./opening.ts";
import { PieceReader } from "./piece-reader.ts";
import type { Place } from "./place.ts";
import { advance, type Step } from "./step.ts";

/** Content of an archive that is read in steps. A step runs when all of its bytes are available. */
export abstract class SteppedContent implements ContentSink {
  protected readonly place: Place;
  protected readonly opening: Opening;
  protected readonly reader = new PieceReader();
  #step: Step = () => this.firstStep();

  constructor(place: Place, opening: Opening) {
    this.place = place;
    this.opening = opening;
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(bytes: Uint8Array): void {
    this.reader.push(bytes);
    this.#step = advance(this.#step);
  }

  /** @throws Unreadable where bytes are missing */
  abstract end(): void;

  protected abstract firstStep(): Step | undefined;
}
