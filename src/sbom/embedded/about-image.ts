import type { Digest } from "../../contract/image-facts.ts";
import type { FoundSbom } from "../../contract/sbom-facts.ts";
import type { SbomAbout } from "./embedded-sbom.ts";

/** Identifiers of an image. */
export interface ImageNames {
  /** Digests of manifest, index and config, none of which can be in a layer of the image. */
  readonly digests: readonly Digest[];
  /** DiffIDs of the layers, bottom first. */
  readonly layers: readonly Digest[];
}

/**
 * Whether a document is about this image. Layers are the best evidence: all layers that the document names
 * must be the image's, which also holds if the document was created before it was added as the last layer. A
 * digest that is not the image's means another image; without layers and digests, unknown.
 */
export function aboutImage(subject: SbomAbout | undefined, image: ImageNames): FoundSbom["about"] {
  const { digests = [], layers = [] } = subject ?? {};
  if (digests.some((digest) => image.digests.includes(digest))) return "this";
  if (layers.length > 0) return layers.every((layer) => image.layers.includes(layer)) ? "this" : "foreign";
  return digests.length > 0 ? "foreign" : "unsaid";
}
