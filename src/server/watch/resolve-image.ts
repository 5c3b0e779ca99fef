import type { Digest } from "../../contract/image-facts.ts";
import { imageOpener, type OpenOptions } from "../../image/open.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { ImageDigests } from "./compare-pod.ts";

/** Milliseconds of one look into a registry. */
const LOOK_MS = 15_000;
/** Images whose digests are remembered: they never change. */
const REMEMBERED = 10_000;

/** Looks up images by digest in registries. */
export interface ImageResolver {
  /** Digests of the image that a repository has under a digest; undefined if it has none, or cannot be asked. */
  resolve(repository: string, digest: Digest): Promise<ImageDigests | undefined>;
  close(): Promise<void>;
}

/** @param onError is told why an image could not be looked up */
export function imageResolver(options: OpenOptions, onError: (error: unknown) => void): ImageResolver {
  const opener = imageOpener(options);
  const known = new BoundedMap<ImageDigests>(REMEMBERED);
  return {
    async resolve(repository, digest) {
      const name = `${repository}@${digest}`;
      const before = known.get(name);
      if (before !== undefined) return before;
      try {
        const image = await opener.openRegistry(name, AbortSignal.timeout(LOOK_MS));
        await image.close();
        const { digest: manifest, imageId: config } = image;
        const found = { config, ...(manifest === undefined ? {} : { manifest }) };
        known.set(name, found);
        return found;
      } catch (error) {
        onError(error);
        return undefined;
      }
    },
    close: () => opener.close(),
  };
}
