import type { ImageBudget } from "../../../image/layer/budget.ts";
import type { LayerSource } from "../../../image/open-image.ts";
import { formatFacts, readFacts } from "../cache/facts-bytes.ts";
import type { LayerCache } from "../cache/layer-cache.ts";
import { type LayerFacts, unreadLayer } from "../facts.ts";
import type { LayerJob, ReadLayer } from "./job.ts";

/** Per layer of an image, entries of which so many bytes are kept, whatever the selectors say. */
export type AlsoKept = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** What an earlier reading of the same layers gave, and what it turned out to lack. */
export interface EarlierReading {
  readonly layers: readonly LayerFacts[];
  readonly lacks: AlsoKept;
}

/** What is known of an image's layers. Those with the same digests are one. */
export class KnownLayers {
  readonly #sources: readonly LayerSource[];
  readonly #cache: LayerCache | undefined;
  readonly #facts = new Map<string, LayerFacts>();
  readonly #earlier = new Map<string, LayerFacts>();
  readonly #lacks = new Map<string, ReadonlyMap<number, number>>();

  constructor(sources: readonly LayerSource[], cache: LayerCache | undefined, earlier?: EarlierReading) {
    this.#sources = sources;
    this.#cache = cache;
    for (const [index, source] of sources.entries()) {
      const facts = earlier?.layers[index];
      const lacks = earlier?.lacks.get(index);
      if (facts !== undefined) this.#earlier.set(keyOf(source), facts);
      if (lacks !== undefined) this.#lacks.set(keyOf(source), lacks);
    }
  }

  /** Takes what is there; gives what is left to read. What is there counts towards the bounds, too. */
  load(budget: ImageBudget): readonly LayerJob[] {
    const jobs = new Map<string, LayerJob>();
    for (const [index, source] of this.#sources.entries()) {
      const key = keyOf(source);
      if (jobs.has(key) || this.#facts.has(key)) continue;
      const lacks = this.#lacks.get(key);
      const facts = lacks === undefined ? (this.#earlier.get(key) ?? this.#cache?.load(source)) : undefined;
      const job = jobOf(source, index, lacks);
      if (facts !== undefined) this.#facts.set(key, facts);
      if (facts !== undefined) charge(budget, facts);
      else if (job !== undefined) jobs.set(key, job);
    }
    return [...jobs.values()];
  }

  /** Keeps them for the next run, too. */
  add({ index }: LayerJob, read: ReadLayer): LayerFacts | undefined {
    const source = this.#sources[index];
    if (source === undefined) return undefined;
    const earlier = this.#earlier.get(keyOf(source));
    const own = read instanceof Uint8Array ? readFacts(read) : read;
    const facts = earlier === undefined ? own : withContentsOf(earlier, own);
    this.#facts.set(keyOf(source), facts);
    this.#cache?.store(source, read instanceof Uint8Array && facts === own ? read : formatFacts(facts));
    return facts;
  }

  /** One per source; without entries where a source cannot be read. */
  all(): readonly LayerFacts[] {
    return this.#sources.map((source) => this.#facts.get(keyOf(source)) ?? unreadLayer(source.diffId));
  }
}

/** Images that share a layer can lead to different files of it: what one made us read is not forgotten. */
function withContentsOf(earlier: LayerFacts, facts: LayerFacts): LayerFacts {
  const entries = new Set(facts.contents.map(({ entry }) => entry));
  const others = earlier.contents.filter(({ entry }) => !entries.has(entry));
  return { ...facts, contents: [...facts.contents, ...others] };
}

function jobOf(
  { digest, diffId, size, bytes }: LayerSource,
  index: number,
  more: ReadonlyMap<number, number> = new Map(),
): LayerJob | undefined {
  if (bytes.in === "nowhere") return undefined;
  const request = { ...(digest === undefined ? {} : { digest }), diffId, size, also: [...more] };
  return { index, request, bytes };
}

function charge(budget: ImageBudget, { entries, unpackedBytes }: LayerFacts): void {
  const names = entries.paths.reduce((sum, path) => sum + path.length, 0);
  const links = entries.links.reduce((sum, [, target]) => sum + target.length, 0);
  budget.addEntries(entries.paths.length, names + links);
  budget.addUnpacked(unpackedBytes);
}

function keyOf({ digest, diffId }: LayerSource): string {
  return `${digest ?? ""} ${diffId}`;
}
