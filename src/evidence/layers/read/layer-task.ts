import type { ImageBudget } from "../../../image/layer/budget.ts";
import { type DeclaredLayer, LayerReader } from "../../../image/layer/reader.ts";
import type { Asked } from "../analyzers/asked.ts";
import { LayerAnalysis } from "../analyzers/layer-analysis.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { SomeFacts } from "../facts.ts";

/** What is asked of one layer: plain data. */
export interface LayerRequest extends DeclaredLayer {
  readonly asked: Asked;
}

/** One layer being read, by chunks that are pushed. Close it, however it ends. */
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

  /** The facts of those that were asked. */
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
