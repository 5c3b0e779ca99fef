import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import type { AnalyzerName, SomeFacts } from "../facts/facts.ts";
import type { FactsStore } from "./facts-store.ts";
import { type LayerKey, type SealedFacts, unsealFacts } from "./layer-entry.ts";

/** Facts of layers during a run without a cache: compressed, and bounded in size. */
export class FactsMemory implements FactsStore {
  readonly #limit: number;
  /** Compressed facts by layer, least recently used first. */
  readonly #layers = new Map<string, ReadonlyMap<AnalyzerName, Buffer>>();
  #bytes = 0;

  constructor(limit: number = LIMITS.keptFactsBytes) {
    this.#limit = limit;
  }

  load(layer: LayerKey): SomeFacts {
    const key = keyOf(layer);
    const kept = this.#layers.get(key);
    if (kept === undefined) return {};
    this.#layers.delete(key);
    this.#layers.set(key, kept);
    return unsealFacts(
      new Map([...kept].map(([name, bytes]) => [name, new Uint8Array(inflateRawSync(bytes))])),
    );
  }

  store(layer: LayerKey, facts: SealedFacts): void {
    const key = keyOf(layer);
    const before = this.#layers.get(key) ?? new Map<AnalyzerName, Buffer>();
    const compressed = [...facts].map(
      ([name, bytes]) => [name, deflateRawSync(bytes, { level: 1 })] as const,
    );
    const kept = new Map([...before, ...compressed]);
    this.#bytes += sizeOf(kept) - sizeOf(before);
    this.#layers.delete(key);
    this.#layers.set(key, kept);
    for (const [oldest, entry] of this.#layers) {
      if (this.#bytes <= this.#limit) return;
      this.#layers.delete(oldest);
      this.#bytes -= sizeOf(entry);
    }
  }
}

function keyOf({ digest, diffId, size }: LayerKey): string {
  return `${digest ?? ""} ${diffId} ${size}`;
}

function sizeOf(kept: ReadonlyMap<AnalyzerName, Buffer>): number {
  return [...kept.values()].reduce((sum, bytes) => sum + bytes.length, 0);
}
