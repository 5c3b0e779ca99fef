import type { FileFacts } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";

/** Text for a file that is hidden in the container; empty for a visible one. */
export function deletedLater({ hidden }: Pick<FileFacts, "hidden">): Text {
  if (hidden === undefined) return { fr: "", en: "" };
  return {
    fr: ", supprimé par une couche suivante mais toujours dans l'image",
    en: ", deleted by a later layer but still in the image",
  };
}
