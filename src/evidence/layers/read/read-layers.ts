import { ImageBudget } from "../../../image/layer/budget.ts";
import type { LayerSource } from "../../../image/source/open-image.ts";
import type { LayerKey } from "../cache/layer-entry.ts";
import { type LayerFacts, type SomeFacts, UNREAD_LAYER, whole } from "../facts/facts.ts";
import { keyOf, type LayerFactsRegistry } from "../known/layer-facts-registry.ts";
import { type Completed, joinMissing, type MissingEntries } from "../known/missing.ts";
import type { Done, LayerJob } from "./job.ts";
import { LayerQueue } from "./layer-queue.ts";
import { readInThreads } from "./pool.ts";
import { readInline } from "./read-inline.ts";

/** Compressed bytes below which reading is faster than starting threads (measured on two cores). */
const INLINE_BYTES = 16 * 1024 ** 2;
const PROGRESS_MS = 100;

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called when the code that reads layers is loaded, on this thread or another. */
  readonly onReading?: (inThreads: boolean) => void;
  /** Called for each layer as soon as it is read, with its index. */
  readonly onLayer?: (index: number, facts: LayerFacts) => void;
  /** Called at intervals with the number of compressed bytes read, and the total to read. */
  readonly onProgress?: (progress: { readonly read: number; readonly total: number }) => void;
}

/** Result of an earlier reading of the same layers, with the content found missing, by index. */
export interface EarlierReading {
  readonly layers: readonly LayerFacts[];
  readonly lacks: ReadonlyMap<number, MissingEntries>;
}

/**
 * Facts of an image's layers, one per source, lowest first; without entries for an unreadable source. Unknown
 * layers are read and verified, in threads if that is faster; layers that another image is reading are
 * awaited. The same layers and selectors give the same facts.
 *
 * @throws DouaneError of LayerReader, an analyzer or a source, naming the layer; the signal's reason
 */
export async function readLayers(
  sources: readonly LayerSource[],
  run: LayerFactsRegistry,
  options: ReadOptions,
  earlier?: EarlierReading,
): Promise<readonly LayerFacts[]> {
  options.signal?.throwIfAborted();
  const image = new ImageLayers(run, options);
  for (let open = wantedOf(sources, earlier); open.length > 0; ) {
    open = await image.read(open);
    options.signal?.throwIfAborted();
  }
  return sources.map((source) => image.found.get(keyOf(source)) ?? UNREAD_LAYER);
}

/** A layer of an image; layers with equal digests are merged. */
interface Wanted {
  readonly index: number;
  readonly source: LayerSource;
  readonly lacks?: MissingEntries | undefined;
  /** Known facts. */
  readonly given?: SomeFacts | undefined;
}

function wantedOf(sources: readonly LayerSource[], earlier?: EarlierReading): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const [index, source] of sources.entries()) {
    const key = keyOf(source);
    const lacks = joinMissing(wanted.get(key)?.lacks, earlier?.lacks.get(index));
    // An unreadable layer has no facts, unlike an empty layer.
    const given = source.bytes.kind === "unreadable" ? undefined : earlier?.layers[index];
    wanted.set(key, { index, source, given, ...wanted.get(key), lacks });
  }
  return [...wanted.values()];
}

/** Reading of a layer by this image, which other images may await. */
interface Reading {
  readonly wanted: Wanted;
  readonly job: LayerJob;
  readonly completed: Completed;
  readonly others: PromiseWithResolvers<LayerFacts>;
}

class ImageLayers {
  readonly found = new Map<string, LayerFacts>();
  readonly #run: LayerFactsRegistry;
  readonly #options: ReadOptions;
  readonly #budget = new ImageBudget();

  constructor(run: LayerFactsRegistry, options: ReadOptions) {
    this.#run = run;
    this.#options = options;
  }

  /** @returns layers that another image was reading, with their results */
  async read(layers: readonly Wanted[]): Promise<readonly Wanted[]> {
    const own: Reading[] = [];
    const others: Promise<Wanted>[] = [];
    for (const wanted of layers) {
      const { source, given, lacks } = wanted;
      const completed = this.#run.complete(source, given, lacks);
      const { known, asked } = completed;
      const facts = asked === undefined ? whole(known, this.#run.selectors.analyzers) : undefined;
      const underWay = this.#run.underWay(source);
      if (facts !== undefined) this.#find(wanted, facts);
      else if (underWay !== undefined) others.push(afterwards(wanted, underWay));
      else if (asked !== undefined && source.bytes.kind !== "unreadable") {
        const job = { index: wanted.index, request: { ...declared(source), asked }, bytes: source.bytes };
        own.push({ wanted, job, completed, others: this.#run.begin(source) });
      }
    }
    const [, ...read] = await Promise.all([this.#readOwn(own), ...others]);
    return read;
  }

  /** Records known facts, which count towards the image's bounds, too. */
  #find({ source }: Wanted, facts: LayerFacts): void {
    this.found.set(keyOf(source), facts);
    const { paths, links, unpackedBytes } = facts.entries;
    const names = paths.reduce((sum, path) => sum + path.length, 0);
    const targets = links.reduce((sum, [, target]) => sum + target.length, 0);
    this.#budget.addEntries(paths.length, names + targets);
    this.#budget.addUnpacked(unpackedBytes);
  }

  async #readOwn(readings: readonly Reading[]): Promise<void> {
    const { signal, onProgress, onLayer, onReading } = this.#options;
    const byIndex = new Map(readings.map((reading) => [reading.job.index, reading]));
    const jobs = readings.map(({ job }) => job);
    const budget = this.#budget;
    const before = budget.read;
    const total = jobs.reduce((sum, { request }) => sum + request.size, 0);
    const tell = () => onProgress?.({ read: budget.read - before, total });
    const timer = jobs.length > 0 && onProgress ? setInterval(tell, PROGRESS_MS) : undefined;
    const done: Done = ({ index }, read) => {
      const reading = byIndex.get(index);
      if (reading === undefined) return;
      const { source } = reading.wanted;
      const facts = this.#run.add(source, reading.completed, read);
      this.found.set(keyOf(source), facts);
      reading.others.resolve(facts);
      onLayer?.(index, facts);
    };
    try {
      const isLittle = jobs.length === 1 || total < INLINE_BYTES;
      const { wanted } = this.#run.selectors;
      if (isLittle && jobs.length > 0) onReading?.(false);
      if (isLittle) await readInline(new LayerQueue(jobs), wanted, budget, done, signal);
      else await readInThreads(jobs, { ...this.#options, wanted, budget }, done);
    } catch (error) {
      for (const { others } of readings) others.reject(error);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
}

/** The layer after its reading by another image; if that failed, this image reads the layer itself. */
async function afterwards(wanted: Wanted, underWay: Promise<LayerFacts>): Promise<Wanted> {
  try {
    return { ...wanted, given: await underWay };
  } catch {
    return wanted;
  }
}

function declared({ digest, diffId, size }: LayerSource): LayerKey {
  return { ...(digest === undefined ? {} : { digest }), diffId, size };
}
