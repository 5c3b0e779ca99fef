import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

/**
 * The layer belongs to a base image that the policy names and its registry confirms: what lies there
 * is not the application's own. Whatever an image says of itself is no such proof.
 *
 * @param layer of a file, or of a step of the history; undefined for a step that made none
 */
export function isBaseLayer({ base }: ImageFacts, layer: number | undefined): boolean {
  return base !== undefined && layer !== undefined && layer < base.layers;
}

/** The same as far as the history or a label tells. A guess: it may order findings and word them, and never suppress or soften one. */
export function seemsBaseLayer({ layers }: ImageFacts, layer: number): boolean {
  return layers[layer]?.base === true;
}

/** What a message says behind the path of a file in such a layer; empty for the application's own. */
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
