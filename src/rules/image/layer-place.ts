import type { Place } from "../../contract/finding.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";

/** A file with the layer that holds it: by the blob's digest, by its diffId where no digest is known. */
export function layerPlace(image: ImageFacts, { path, layer }: Pick<FileFacts, "path" | "layer">): Place {
  const summary = image.layers[layer];
  return summary === undefined ? { path } : { path, layer: summary.digest ?? summary.diffId };
}
