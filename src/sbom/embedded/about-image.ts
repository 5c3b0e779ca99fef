import type { Digest } from "../../contract/image-facts.ts";
import type { FoundSbom } from "../../contract/sbom-facts.ts";
import type { SbomAbout } from "./embedded-sbom.ts";

/** What an image is known by. */
export interface ImageNames {
  /** Of its manifest, the index and the config; none of them can stand within a layer. */
  readonly digests: readonly Digest[];
  /** diffIDs, bottom first. */
  readonly layers: readonly Digest[];
}

/**
 * Whether a document is about this image. Layers tell best: those that it names must all be the
 * image's, since what was made of an image before the document was laid into it has all but the last.
 * A digest of an image that is not this one names another; who names neither has not said.
 */
export function aboutImage(subject: SbomAbout | undefined, image: ImageNames): FoundSbom["about"] {
  const { digests = [], layers = [] } = subject ?? {};
  if (digests.some((digest) => image.digests.includes(digest))) return "this";
  if (layers.length > 0) return layers.every((layer) => image.layers.includes(layer)) ? "this" : "foreign";
  return digests.length > 0 ? "foreign" : "unsaid";
}
