import { InvalidInputError } from "../contract/error.ts";
import type { TarMember } from "../image/tar/member.ts";
import { type TarVisitor, TarWalker } from "../image/tar/walk.ts";
import type { ContentSink } from "./content/content-sink.ts";
import type { Opening } from "./content/opening.ts";
import { memberPlace, type Place } from "./content/place.ts";
import { Unreadable } from "./content/unreadable.ts";

/** Reader of a tar. The holes of sparse files are left out. */
export class TarContent implements ContentSink, TarVisitor {
  readonly #place: Place;
  readonly #opening: Opening;
  readonly #walker = new TarWalker(this);
  #member: ContentSink | undefined;
  /** Whether the member came in one piece. */
  #isWhole = false;
  /** Error of a visitor, not of the tar. */
  #failure: unknown;

  constructor(place: Place, opening: Opening) {
    this.#place = place;
    this.#opening = opening;
  }

  whole(bytes: Uint8Array): void {
    this.push(bytes);
    this.end();
  }

  push(bytes: Uint8Array): void {
    this.#reading(() => this.#walker.push(bytes));
  }

  end(): void {
    this.#reading(() => this.#walker.end());
  }

  member({ path, type, size }: TarMember): number | "pieces" {
    this.#opening.budget.addMember();
    if (type !== "file" || size === 0) return 0;
    this.#member = this.#opening.open(memberPlace(this.#place, path));
    this.#isWhole = false;
    return "pieces";
  }

  body(): void {
    // No member is requested as a whole.
  }

  data({ size }: TarMember, bytes: Uint8Array): void {
    this.#isWhole = bytes.length === size;
    this.#visiting((member) => (this.#isWhole ? member.whole(bytes) : member.push(bytes)));
  }

  dataEnd(): void {
    if (!this.#isWhole) this.#visiting((member) => member.end());
  }

  #visiting(work: (member: ContentSink) => void): void {
    if (this.#member === undefined) return;
    try {
      work(this.#member);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #reading(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error === this.#failure || !(error instanceof InvalidInputError)) throw error;
      throw new Unreadable("damaged", error.message, { cause: error });
    }
  }
}
