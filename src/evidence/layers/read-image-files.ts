import type { LayerSource } from "../../image/open-image.ts";
import type { ProgramEnvironment } from "../../image/program.ts";
import { CacheFolder } from "./cache-folder.ts";
import { cacheVersion } from "./cache-version.ts";
import { ImageCache } from "./image-cache.ts";
import type { ImageContents } from "./image-contents.ts";
import type { ReadOptions } from "./read-layers.ts";

/** A command line, and what it sees of its surroundings. */
export interface Start extends ProgramEnvironment {
  readonly argv: readonly string[];
}

export interface ImageFilesRead {
  readonly contents: ImageContents;
  /** Why facts could not be kept for the next run, in the file system's words. */
  readonly cacheProblem?: string;
}

/**
 * What an image's layers hold together: known from an earlier run, or found by reading the layers,
 * merging them, selecting the files that rules ask for and following the start commands.
 *
 * @throws DouaneError of readLayers() and RootFs
 */
export async function readImageFiles(
  sources: readonly LayerSource[],
  starts: readonly Start[],
  options: ReadOptions,
): Promise<ImageFilesRead> {
  const { cache, selectors, signal } = options;
  signal?.throwIfAborted();
  const isComplete = sources.every(({ bytes }) => bytes.in !== "nowhere");
  const folder = cache && new CacheFolder(cache.directory, cacheVersion(cache.douane, selectors));
  const store = folder && isComplete ? new ImageCache(folder, sources, starts) : undefined;
  const known = store?.load();
  if (known !== undefined) return { contents: known };
  // What reads and merges layers is loaded only then: a run that knows the image starts 10 ms sooner.
  const { mergeLayers } = await import("./merge-layers.ts");
  const read = await mergeLayers(sources, starts, isComplete, options);
  store?.store(read.contents);
  return read;
}
