import type { Verdict } from "../contract/verdict.ts";
import { isMany } from "./subject.ts";

/**
 * Buffers the first verdicts until it is known whether the report covers few applications or many, since the
 * two forms differ.
 */
export class VerdictBuffer {
  #few: Verdict[] = [];
  #many = false;
  readonly #tell: (verdict: Verdict) => void;

  /** @param tell receives each verdict in order, once there are many */
  constructor(tell: (verdict: Verdict) => void) {
    this.#tell = tell;
  }

  add(verdict: Verdict): void {
    if (this.#many) return this.#tell(verdict);
    this.#few.push(verdict);
    if (!isMany(this.#few.length)) return;
    this.#many = true;
    for (const one of this.#few) this.#tell(one);
    this.#few = [];
  }

  /** All verdicts if they are few; empty once they were passed to `tell`. */
  get few(): readonly Verdict[] {
    return this.#few;
  }
}
