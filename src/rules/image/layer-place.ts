import type { Place } from "../../contract/finding.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";

/** Place of a file with its layer: the blob's digest, or the diffId if no digest is known. */
export function layerPlace(image: ImageFacts, { path, layer }: Pick<FileFacts, "path" | "layer">): Place {
  const summary = image.layers[layer];
  return summary === undefined ? { path } : { path, layer: summary.digest ?? summary.diffId };
}
