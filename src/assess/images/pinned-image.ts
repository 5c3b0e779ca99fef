import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest, ImageFacts } from "../../contract/image-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ImageEvidence } from "../../evidence/file.ts";

type Pinnable = Pick<ImageFacts, "digest" | "indexDigest" | "otherIndexDigests">;

/**
 * Whether a reference with this digest leads to the image: directly to its manifest, or through an index by
 * which its source reached the manifest. The index.json of a layout and a docker-archive have no such digest.
 */
export function isPinnedBy(
  { digest, indexDigest, otherIndexDigests = [] }: Pinnable,
  pinned: Digest,
): boolean {
  return [digest, indexDigest, ...otherIndexDigests].includes(pinned);
}

/**
 * Reason why a manifest cannot mean this image: its reference pins another digest. Undefined if the manifest
 * can mean this image. An image without a digest (docker-archive) may or may not match.
 */
export function notPinned(
  { image }: ImageEvidence,
  { given, digest: pinned }: ReferenceFacts,
): Text | undefined {
  if (pinned === undefined || isPinnedBy(image, pinned)) return undefined;
  const { source, digest } = image;
  const [name, reference] = [excerpt(source), excerpt(given)];
  return digest === undefined
    ? {
        fr: `${name} n'est pas jugée à la place de ${reference} : le manifeste fixe une empreinte, et cette image n'en a pas avant d'être publiée. La publier, ou désigner l'image par un tag le temps du contrôle.`,
        en: `${name} is not judged in the place of ${reference}: the manifest pins a digest, and this image has none before it is pushed. Push it, or name the image by a tag for the check.`,
      }
    : {
        fr: `${name} n'est pas jugée à la place de ${reference} : le manifeste fixe une autre empreinte que la sienne. Y écrire @${digest}.`,
        en: `${name} is not judged in the place of ${reference}: the manifest pins another digest than its own. Write @${digest} there.`,
      };
}
