import { type Origin, originName } from "../../contract/origin.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Name of a trial's origin in a sentence: the file, the signer, or this run. */
export function originText(origin: Origin): Text {
  if (origin.by === "own-run") return { fr: "l'essai de cette exécution", en: "this run's own trial" };
  const name = excerpt(originName(origin));
  return { fr: name, en: name };
}
