import type { Digest } from "../../contract/image-facts.ts";
import { imageOpener, type OpenOptions } from "../../image/open.ts";

/** Resolves tags over shared connections. */
export interface TagDigests {
  /**
   * Digest of the manifest, for the policy's platform, to which a tag points now; undefined if the tag cannot
   * be resolved in time.
   */
  digestOf(reference: string, until: number): Promise<Digest | undefined>;
  close(): Promise<void>;
}

/** @param onError receives the reason why a tag could not be resolved */
export function tagDigests(
  options: OpenOptions,
  now: () => number,
  onError: (error: unknown) => void,
): TagDigests {
  const opener = imageOpener(options);
  return {
    async digestOf(reference, until) {
      const left = until - now();
      if (left <= 0) return undefined;
      try {
        const image = await opener.openRegistry(reference, AbortSignal.timeout(left));
        await image.close();
        return image.digest;
      } catch (error) {
        onError(error);
        return undefined;
      }
    },
    close: () => opener.close(),
  };
}
