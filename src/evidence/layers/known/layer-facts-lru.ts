import { LIMITS } from "../../../contract/limits.ts";
import type { LayerFacts } from "../facts/facts.ts";

/** Facts of the most recently used layers, in memory for the next image, within an approximate bound. */
export class LayerFactsLru {
  readonly #limit: number;
  /** Facts by layer, least recently used first. */
  readonly #layers = new Map<string, LayerFacts>();
  #bytes = 0;

  constructor(limit: number = LIMITS.factsAtHandBytes) {
    this.#limit = limit;
  }

  get(key: string): LayerFacts | undefined {
    const facts = this.#layers.get(key);
    if (facts !== undefined) this.#moveLast(key, facts);
    return facts;
  }

  set(key: string, facts: LayerFacts): void {
    const before = this.#layers.get(key);
    this.#bytes += weightOf(facts) - (before === undefined ? 0 : weightOf(before));
    this.#moveLast(key, facts);
    for (const [oldest, one] of this.#layers) {
      if (this.#bytes <= this.#limit) return;
      this.#layers.delete(oldest);
      this.#bytes -= weightOf(one);
    }
  }

  #moveLast(key: string, facts: LayerFacts): void {
    this.#layers.delete(key);
    this.#layers.set(key, facts);
  }
}

/** Approximate bytes in memory: an entry takes some 60 besides its characters. */
function weightOf({ entries, files, scripts, secrets }: LayerFacts): number {
  const paths = entries.paths.reduce((sum, path) => sum + path.length, 0);
  const texts = [...files.contents, ...scripts.contents].reduce((sum, { text }) => sum + 2 * text.length, 0);
  return paths + 60 * entries.paths.length + texts + 200 * secrets.found.length;
}
