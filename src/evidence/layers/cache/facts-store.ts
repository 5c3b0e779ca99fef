import type { AnalyzerName, SomeFacts } from "../facts/facts.ts";
import type { LayerKey, SealedFacts } from "./layer-entry.ts";

/** Store of layer facts, separate for each analyzer. */
export interface FactsStore {
  /**
   * Cached facts of a layer; damaged, foreign or outdated facts count as absent.
   *
   * @param names names of the requested analyzers; default: all
   */
  load(layer: LayerKey, names?: readonly AnalyzerName[]): SomeFacts;
  /** Stores facts; if storing fails, they are collected again in the next run. */
  store(layer: LayerKey, facts: SealedFacts): void;
}
