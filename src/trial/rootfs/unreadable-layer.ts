import { InvalidInputError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";

/** Error for a layer that is missing in the source: an image without all its layers cannot be started. */
export function unreadableLayer({ fr, en }: Text): InvalidInputError {
  return new InvalidInputError("layer-unreadable", {
    fr: `l'image ne peut pas être démarrée, une de ses couches n'est pas lisible : ${fr}`,
    en: `the image cannot be started, one of its layers cannot be read: ${en}`,
  });
}
