import { DouaneError } from "../../contract/error.ts";
import { newInflater } from "../../image/inflate/decompress.ts";
import {
  type Compressed,
  OUTPUT_BYTES,
  type SyncInflater,
  type Written,
} from "../../image/inflate/sync-inflater.ts";
import type { UnpackBudget } from "./unpack-budget.ts";
import { Unreadable } from "./unreadable.ts";

/** Decompresses one stream piece by piece. */
export class Inflating {
  readonly #inflater: SyncInflater;
  readonly #budget: UnpackBudget;
  /** Set when the stream has ended and more bytes follow. */
  #isOver = false;

  constructor(format: Compressed, budget: UnpackBudget) {
    this.#inflater = newInflater(format);
    this.#budget = budget;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Decompresses a piece.
   *
   * @param each receives the output, valid during the call, before the end of the stream is known
   * @returns bytes consumed: fewer than given if the stream has ended
   * @throws Unreadable damaged, too-much
   */
  push(bytes: Uint8Array, each: (bytes: Uint8Array) => void): number {
    let at = 0;
    for (let isFull = false; at < bytes.length || isFull; ) {
      const { consumed, produced } = this.#write(bytes, at);
      at += consumed;
      this.#budget.addBytes(produced);
      isFull = produced === OUTPUT_BYTES;
      if (produced > 0) each(this.#inflater.output.subarray(0, produced));
      if (consumed > 0 || produced > 0) continue;
      this.#isOver = at < bytes.length;
      break;
    }
    return at;
  }

  /** Ends the stream. @throws Unreadable damaged, if it is incomplete */
  finish(): void {
    const isWhole = this.#inflater.finish();
    this.#inflater.close(isWhole);
    if (!isWhole) throw new Unreadable("damaged");
  }

  /** Frees the native memory of a stream whose rest is not read. */
  abandon(): void {
    this.#inflater.close(false);
  }

  #write(bytes: Uint8Array, at: number): Written {
    try {
      return this.#inflater.write(bytes, at);
    } catch (error) {
      this.abandon();
      if (error instanceof DouaneError) throw error;
      throw new Unreadable("damaged", undefined, { cause: error });
    }
  }
}
