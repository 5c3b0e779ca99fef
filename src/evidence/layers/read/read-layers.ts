import type { FileSelector } from "../../../contract/file-selector.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { LayerSource } from "../../../image/open-image.ts";
import { CacheFolder } from "../cache/cache-folder.ts";
import { cacheVersion } from "../cache/cache-version.ts";
import { LayerCache } from "../cache/layer-cache.ts";
import { pruneCache } from "../cache/prune.ts";
import type { LayerFacts } from "../facts.ts";
import type { Done } from "./job.ts";
import { type EarlierReading, KnownLayers } from "./known-layers.ts";
import { LayerQueue } from "./layer-queue.ts";
import { readInThreads } from "./pool.ts";
import { readInline } from "./read-inline.ts";

/** Below this many compressed bytes, reading them takes less time than starting threads (measured on two cores). */
const INLINE_BYTES = 16 * 1024 ** 2;
const PROGRESS_MS = 100;

export interface ReadOptions {
  /** What rules ask of files. */
  readonly selectors: readonly FileSelector[];
  /** Where facts are kept from run to run, and the version of douane that keeps them. */
  readonly cache?: { readonly directory: string; readonly douane: string };
  readonly signal?: AbortSignal;
  /** Told when threads have started. */
  readonly onThreads?: () => void;
  /** Told of each layer that was read, when it is, by its index. */
  readonly onLayer?: (index: number, facts: LayerFacts) => void;
  /** Told now and then how many compressed bytes were read, of all that must be. */
  readonly onProgress?: (progress: { readonly read: number; readonly total: number }) => void;
}

export interface LayersRead {
  /** Bottom first, one per source; without entries where a source cannot be read. */
  readonly layers: readonly LayerFacts[];
  /** Why facts could not be kept for the next run, in the file system's words. */
  readonly cacheProblem?: string;
}

/**
 * The facts of an image's layers, from the cache or read and verified: in threads, unless that
 * takes longer. The same layers and selectors give the same facts.
 *
 * @throws DouaneError of LayerReader or of a source, its text naming the layer; the signal's reason
 */
export async function readLayers(
  sources: readonly LayerSource[],
  options: ReadOptions,
  earlier?: EarlierReading,
): Promise<LayersRead> {
  const { cache, selectors, signal, onProgress } = options;
  signal?.throwIfAborted();
  const folder = cache && new CacheFolder(cache.directory, cacheVersion(cache.douane, selectors));
  const store = folder && new LayerCache(folder);
  const known = new KnownLayers(sources, store, earlier);
  const budget = new ImageBudget();
  const jobs = known.load(budget);
  const total = jobs.reduce((sum, { request }) => sum + request.size, 0);
  const timer = onProgress && setInterval(() => onProgress({ read: budget.read, total }), PROGRESS_MS);
  const done: Done = (job, read) => {
    const facts = known.add(job, read);
    if (facts !== undefined) options.onLayer?.(job.index, facts);
  };
  try {
    const isLittle = jobs.length === 1 || total < INLINE_BYTES;
    if (isLittle) await readInline(new LayerQueue(jobs), selectors, budget, done, signal);
    else await readInThreads(jobs, { ...options, budget }, done);
  } finally {
    clearInterval(timer);
  }
  if (cache && jobs.length > 0) pruneCache(cache.directory, Date.now());
  const problem = store?.problem;
  return { layers: known.all(), ...(problem === undefined ? {} : { cacheProblem: problem }) };
}
