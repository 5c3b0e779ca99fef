import type { LayerSource } from "../../../image/open-image.ts";
import { CacheFolder } from "../cache/cache-folder.ts";
import { cacheVersion } from "../cache/cache-version.ts";
import { ImageCache } from "../cache/image-cache.ts";
import type { ImageFilesRead, Start } from "../image-contents.ts";
import type { ReadOptions } from "../read/read-layers.ts";

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
