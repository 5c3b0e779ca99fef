import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { formatPlatform, matches, wantedPlatform } from "../../image/documents/platform.ts";

/**
 * Text about an image for another platform than this machine's, although none was requested; otherwise
 * undefined.
 */
export function foreignPlatform(platform: string): ((name: string) => Text) | undefined {
  const here = wantedPlatform(undefined);
  const [os = "", architecture = ""] = platform.split("/");
  if (matches({ os, architecture }, here)) return undefined;
  const [seen, own] = [quoted(platform), formatPlatform(here)];
  return (name) => ({
    fr: `${name} : image ${seen}, jugée comme telle. Cette machine est ${own} : un essai ne peut pas l'y lancer. L'essayer sur une machine de sa plateforme, ou construire aussi l'image pour ${own}.`,
    en: `${name}: an image of ${seen}, judged as such. This machine is ${own}: a trial cannot run it here. Try it on a machine of its platform, or build the image for ${own}, too.`,
  });
}
