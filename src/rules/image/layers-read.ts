import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

/** Number of layers on which a proof is based: `the 3 layers read`, `la couche lue`. */
export function layersRead({ layers }: Pick<ImageFacts, "layers">): Text {
  const read = layers.filter(({ unread }) => unread === undefined).length;
  return read === 1
    ? { fr: "la couche lue", en: "the layer read" }
    : { fr: `les ${read} couches lues`, en: `the ${read} layers read` };
}
