import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import { type EvidenceStore, isOneImage } from "../run/evidence-store.ts";
import type { AssessmentRequest } from "../run/request.ts";
import { isPinnedBy } from "./pinned-image.ts";
import { baseOf } from "./replacement.ts";

type Asked = Pick<AssessmentRequest, "inputs" | "replacements" | "tryImages" | "platform">;

/**
 * Evidence to use for manifests' images if their registry fails, by the text in the manifest. The evidence
 * comes from images without a registry, which are matched like images that a user names (see
 * replacedImage()). A pinned digest is never replaced. Empty if the user names images, or requests trials.
 */
export function fallbackEvidence(
  named: ReadonlyMap<string, NamedImage>,
  stored: EvidenceStore["images"],
  { inputs, replacements = [], tryImages, platform }: Asked,
): ReadonlyMap<string, ImageEvidence> {
  if (tryImages || inputs.images.length + replacements.length > 0) return new Map();
  const local = stored.filter(({ image, reference }) => {
    const isLocal = reference.transport !== "registry" || image.source !== reference.given;
    return isLocal && (platform === undefined || platform === image.platform);
  });
  const found = new Map<string, ImageEvidence>();
  for (const [text, { reference }] of named) {
    const own = local.filter(
      ({ image }) => reference.digest === undefined || isPinnedBy(image, reference.digest),
    );
    // Evidence of an image that already replaced a manifest's image counts for that image only.
    const free = own.filter(({ alone }) => alone === true);
    const one =
      onlyOf(own.filter((stored) => stored.reference.given === text)) ??
      onlyOf(free.filter(({ image }) => named.size === 1 || baseOf(image.source) === baseOf(text)));
    if (one !== undefined) found.set(text, { ...one, reference });
  }
  return found;
}

function onlyOf(evidence: readonly ImageEvidence[]): ImageEvidence | undefined {
  return isOneImage(evidence) ? evidence[0] : undefined;
}

export function judgedByEvidence({ image }: ImageEvidence, text: string, why: Text): Text {
  const [source, name] = [excerpt(image.source), excerpt(text)];
  return {
    fr: `${source} est jugée d'après les preuves à la place de ${name}, qui n'a pas pu être lue : ${why.fr}`,
    en: `${source} is judged from the evidence in the place of ${name}, which could not be read: ${why.en}`,
  };
}
