import type { FactsCache } from "../cache/facts-cache.ts";
import { FactsMemory } from "../cache/facts-memory.ts";
import { type LayerKey, type SealedFacts, sealFacts, unsealFacts } from "../cache/layer-entry.ts";
import { type LayerFacts, type SomeFacts, whole } from "../facts/facts.ts";
import { isTooMuch, joinFacts } from "./join-facts.ts";
import { LayerFactsLru } from "./layer-facts-lru.ts";
import { type Completed, completed, type MissingEntries } from "./missing.ts";
import type { RunSelectors } from "./run-selectors.ts";

/**
 * Facts of layers during one run. Images that share a layer read it once, even concurrently. Facts are kept
 * in the cache between runs, if there is one, and bounded in memory between images.
 */
export class LayerFactsRegistry {
  readonly selectors: RunSelectors;
  readonly #cache: FactsCache | undefined;
  readonly #memory: FactsMemory | undefined;
  readonly #atHand: LayerFactsLru | undefined;
  readonly #underWay = new Map<string, Promise<LayerFacts>>();

  /** @param isShared whether the run has several images */
  constructor(selectors: RunSelectors, cache: FactsCache | undefined, isShared: boolean) {
    this.selectors = selectors;
    this.#cache = cache;
    this.#memory = isShared ? new FactsMemory() : undefined;
    this.#atHand = isShared ? new LayerFactsLru() : undefined;
  }

  /**
   * Facts of a layer and the parts still to be read.
   *
   * @param given facts that the caller has just obtained
   * @param lacks content found to be needed in addition
   */
  complete(layer: LayerKey, given: SomeFacts = this.#known(layer), lacks?: MissingEntries): Completed {
    const result = completed(given, this.selectors, lacks);
    if (result.isNew && result.asked === undefined) this.add(layer, result, {});
    return result;
  }

  /**
   * Pending reading of the layer by another image; undefined if there is none. The reading may fail for
   * reasons of that image.
   */
  underWay(layer: LayerKey): Promise<LayerFacts> | undefined {
    return this.#underWay.get(keyOf(layer));
  }

  /**
   * Announces a reading, for which other images wait. Afterwards, they use its result or read the layer
   * themselves.
   */
  begin(layer: LayerKey): PromiseWithResolvers<LayerFacts> {
    const key = keyOf(layer);
    const reading = Promise.withResolvers<LayerFacts>();
    this.#underWay.set(key, reading.promise);
    const end = (): void => void this.#underWay.delete(key);
    reading.promise.then(end, end);
    return reading;
  }

  /** Joins known facts of a layer with those read since, and stores them. */
  add(layer: LayerKey, { known, isNew }: Completed, read: SomeFacts | SealedFacts): LayerFacts {
    const own = read instanceof Map ? unsealFacts(read) : (read as SomeFacts);
    const facts = whole(joinFacts(known, own), this.selectors.analyzers);
    if (facts === undefined) throw new Error(`the analysis of ${layer.diffId} is not whole`);
    this.#atHand?.set(keyOf(layer), facts);
    if (this.#cache === undefined && this.#memory === undefined) return facts;
    const isJoined = known.files !== undefined && (isNew || own.files !== undefined);
    if (isJoined && isTooMuch(facts.files)) return facts;
    const sealed = read instanceof Map ? read : sealFacts(layer, own);
    this.#keep(layer, isJoined ? new Map([...sealed, ...sealFacts(layer, { files: facts.files })]) : sealed);
    return facts;
  }

  #known(layer: LayerKey): SomeFacts {
    return (
      this.#atHand?.get(keyOf(layer)) ?? {
        ...this.#cache?.load(layer, this.selectors.analyzers),
        ...this.#memory?.load(layer),
      }
    );
  }

  #keep(layer: LayerKey, sealed: SealedFacts): void {
    if (sealed.size === 0) return;
    this.#cache?.store(layer, sealed);
    if (this.#cache === undefined || this.#cache.problem !== undefined) this.#memory?.store(layer, sealed);
    // Frees tens of MB at once: these buffers have no other user, and garbage collection comes late.
    for (const { buffer } of sealed.values()) buffer.transfer(0);
  }
}

export function keyOf({ digest, diffId, size }: LayerKey): string {
  return `${digest ?? ""} ${diffId} ${size}`;
}
