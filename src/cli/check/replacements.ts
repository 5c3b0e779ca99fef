import type { ImageReplacement } from "../../assess/run/image-replacement.ts";
import type { Inputs } from "../../assess/run/inputs.ts";
import { UsageError } from "../../contract/error.ts";
import { parseSource } from "../../image/source/source.ts";
import type { CheckValues } from "./flags.ts";

/** Set if the image must replace an image named in the manifests. */
export interface InPlace {
  readonly container?: string;
}

/**
 * Images that replace images named in manifests: those of --image, and operands beside manifests. `douane
 * trial` accepts one replacement, which must match. `douane check` judges an unmatched replacement
 * separately, and lets a registry's image replace only its own name.
 *
 * @throws UsageError `image-place`, `trial-images`
 */
export function replacementsOf(
  { manifests, images }: Inputs,
  { image: placed, noImages }: Pick<CheckValues, "image" | "noImages">,
  inPlace: InPlace | undefined,
  cwd: string,
): readonly ImageReplacement[] {
  if (placed.length > 0 && (manifests.length === 0 || noImages)) throw noManifests();
  if (manifests.length === 0 || noImages) return [];
  if (inPlace === undefined) return [...placed, ...images.map((source) => besideManifests(source, cwd))];
  if (images.length > 1) throw onlyOne();
  return [...placed, ...images.map((source) => ({ source, ...inPlace }))];
}

function besideManifests(source: string, cwd: string): ImageReplacement {
  const loose = { source, orAlone: true } as const;
  return isRegistry(source, cwd) ? { ...loose, byNameOnly: true } : loose;
}

/** Whether the source is in a registry; false for an invalid source, which is reported when it is opened. */
function isRegistry(source: string, cwd: string): boolean {
  try {
    return parseSource(source, cwd).transport === "registry";
  } catch {
    return true;
  }
}

function onlyOne(): UsageError {
  return new UsageError("trial-images", {
    fr: "avec des manifestes, une seule IMAGE peut être donnée : celle qui prend la place d'une des leurs. Pour plusieurs : --image NOM=IMAGE.",
    en: "with manifests, one IMAGE only can be given: the one that takes the place of one of theirs. For several: --image NAME=IMAGE.",
  });
}

function noManifests(): UsageError {
  return new UsageError("image-place", {
    fr: "--image met une image à la place de celle que des manifestes nomment : donner ces manifestes, et les lire avec leurs images.",
    en: "--image puts an image in the place of one that manifests name: give these manifests, and have them read with their images.",
  });
}
