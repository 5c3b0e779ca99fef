import type { Verdict } from "../contract/verdict.ts";
import { isMany } from "./subject.ts";

/** Verdicts of a report that tells of many applications less than of a few: the first wait until it is known. */
export class FewOrMany {
  #few: Verdict[] = [];
  #many = false;
  readonly #tell: (verdict: Verdict) => void;

  /** @param tell takes each verdict in its order, once there are many */
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

  /** All of them when they are few; none when each was told. */
  get few(): readonly Verdict[] {
    return this.#few;
  }
}
