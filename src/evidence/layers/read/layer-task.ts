import type { ImageBudget } from "../../../image/layer/budget.ts";
import { type DeclaredLayer, LayerReader } from "../../../image/layer/reader.ts";
import { LayerObserver } from "../analyzers/observer.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { LayerFacts } from "../facts.ts";

/** What is asked of one layer: plain data. */
export interface LayerRequest extends DeclaredLayer {
  /** Entries of which so many bytes are kept, whatever their header says. */
  readonly also: readonly (readonly [entry: number, bytes: number])[];
}

/** One layer being read, by chunks that are pushed. Close it, however it ends. */
export class LayerTask {
  readonly #request: LayerRequest;
  readonly #observer: LayerObserver;
  readonly #reader: LayerReader;

  constructor(request: LayerRequest, wanted: WantedContent, budget: ImageBudget) {
    this.#request = request;
    this.#observer = new LayerObserver(wanted, budget, new Map(request.also));
    this.#reader = new LayerReader(request, budget, this.#observer);
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  end(): LayerFacts {
    const unpackedBytes = this.#reader.end();
    return this.#observer.facts(this.#request.diffId, unpackedBytes);
  }

  close(): void {
    this.#reader.close();
  }
}
