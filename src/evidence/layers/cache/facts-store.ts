import type { AnalyzerName, SomeFacts } from "../facts.ts";
import type { LayerKey, SealedFacts } from "./layer-entry.ts";

/** Where the facts of layers are kept, each analyzer's by themselves. */
export interface FactsStore {
  /**
   * What is known of a layer; nothing that is damaged, foreign, or of another version.
   *
   * @param names of the analyzers whose facts are wanted; default: all
   */
  load(layer: LayerKey, names?: readonly AnalyzerName[]): SomeFacts;
  /** What cannot be kept is read again the next time. */
  store(layer: LayerKey, facts: SealedFacts): void;
}
