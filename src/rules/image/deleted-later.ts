import type { FileFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

/** What a message adds of a file that the container does not see: nothing, when it does. */
export function deletedLater({ hidden }: Pick<FileFacts, "hidden">): Text {
  if (hidden === undefined) return { fr: "", en: "" };
  return {
    fr: ", supprimé par une couche suivante mais toujours dans l'image",
    en: ", deleted by a later layer but still in the image",
  };
}
