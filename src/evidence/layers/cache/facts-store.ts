import type { AnalyzerName, SomeFacts } from "../facts/facts.ts";
import type { LayerKey, SealedFacts } from "./layer-entry.ts";

/** Store of layer facts, separate for each analyzer. */
export interface FactsStore {
  /**
   * Known facts of a layer; damaged, foreign or outdated ones are absent.
   *
   * @param names of the analyzers whose facts are requested; default: all
   */
  load(layer: LayerKey, names?: readonly AnalyzerName[]): SomeFacts;
  /** Stores facts; if that fails, they are collected again in the next run. */
  store(layer: LayerKey, facts: SealedFacts): void;
}
