import type { ImageBudget } from "../../../image/layer/budget.ts";
import { type DeclaredLayer, LayerReader } from "../../../image/layer/reader.ts";
import type { Asked } from "../analyzers/asked.ts";
import { LayerAnalysis } from "../analyzers/layer-analysis.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { SomeFacts } from "../facts/facts.ts";

/** Request for one layer: plain data. */
export interface LayerRequest extends DeclaredLayer {
  readonly asked: Asked;
}

/** Reads one layer from pushed chunks. The caller must close it in any case. */
export class LayerTask {
  readonly request: LayerRequest;
  readonly #analysis: LayerAnalysis;
  readonly #reader: LayerReader;

  constructor(request: LayerRequest, wanted: WantedContent, budget: ImageBudget) {
    this.request = request;
    this.#analysis = new LayerAnalysis(request.asked, wanted, budget);
    this.#reader = new LayerReader(request, budget, this.#analysis);
  }

  push(chunk: Uint8Array): void {
    this.#naming(() => this.#reader.push(chunk));
  }

  /** Facts of the requested analyzers. */
  end(): SomeFacts {
    return this.#naming(() => this.#analysis.facts(this.#reader.end()));
  }

  close(): void {
    this.#reader.close();
  }

  #naming<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#analysis.named(error);
    }
  }
}
