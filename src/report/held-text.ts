import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Characters that are kept as they are; what a few applications have to say is not worth deflating. */
const OPEN_CHARACTERS = 1024 ** 2;
/** No report holds it: visible() writes out every control. */
const BETWEEN = "\0";

/** Texts that must wait for what stands before them, kept deflated: sections say much the same, a tenth is left. */
export class HeldText implements Iterable<string> {
  readonly #deflated: Uint8Array[] = [];
  #open: string[] = [];
  #characters = 0;

  add(text: string): void {
    this.#open.push(text);
    this.#characters += text.length;
    if (this.#characters < OPEN_CHARACTERS) return;
    this.#deflated.push(deflateRawSync(this.#open.join(BETWEEN), { level: 1 }));
    this.#open = [];
    this.#characters = 0;
  }

  /** Each text, in the order in which they were added. */
  *[Symbol.iterator](): Generator<string> {
    for (const block of this.#deflated) yield* inflateRawSync(block).toString().split(BETWEEN);
    yield* this.#open;
  }

  /** Each text after the item at its place in a list. */
  *beside<T>(items: readonly T[]): Generator<readonly [item: T, text: string]> {
    const rest = items.values();
    for (const text of this) {
      const { value, done } = rest.next();
      if (done !== true) yield [value, text];
    }
  }
}
