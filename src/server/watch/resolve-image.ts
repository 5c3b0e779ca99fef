import type { Digest } from "../../contract/image-facts.ts";
import { imageOpener, type OpenOptions } from "../../image/open.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { ImageDigests } from "./compare-pod.ts";

/** Timeout of one request to a registry, in milliseconds. */
const LOOK_MS = 15_000;
/** Maximum number of remembered images; the digests behind a digest never change. */
const REMEMBERED = 10_000;

/** Resolver of images by digest, in registries. */
export interface ImageResolver {
  /**
   * Digests of the image with this digest in a repository; undefined if there is none, or if the registry
   * does not answer.
   */
  resolve(repository: string, digest: Digest): Promise<ImageDigests | undefined>;
  close(): Promise<void>;
}

/** @param onError receives the reason why an image could not be resolved */
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
