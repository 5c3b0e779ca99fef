import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

/**
 * Whether the layer belongs to a base image that the policy names and its registry confirms, so that its
 * files are not the application's. Claims of the image itself do not count.
 *
 * @param layer layer of a file or of a step of the history; undefined for a step without a layer
 */
export function isBaseLayer({ base }: ImageFacts, layer: number | undefined): boolean {
  return base !== undefined && layer !== undefined && layer < base.layers;
}

/**
 * Whether history or labels suggest that the layer belongs to the base. This is a guess: it may order and
 * word findings, but never suppress or soften one.
 */
export function seemsBaseLayer({ layers }: ImageFacts, layer: number): boolean {
  return layers[layer]?.base === true;
}

/** Text after the path of a file in a base layer; empty for the application's own files. */
export function inheritance(image: ImageFacts, layer: number): Text {
  if (isBaseLayer(image, layer)) {
    return { fr: ", dans une couche de l'image de base", en: ", in a layer of the base image" };
  }
  if (!seemsBaseLayer(image, layer)) return { fr: "", en: "" };
  return {
    fr: ", dans une couche qui paraît être de l'image de base",
    en: ", in a layer that seems to be the base image's",
  };
}
