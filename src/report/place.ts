import type { Place } from "../contract/finding.ts";
import type { Digest } from "../contract/image-facts.ts";
import { locationText } from "../contract/object-location.ts";
import type { Lang } from "../contract/text.ts";
import type { Subject, SubjectImage } from "../contract/verdict.ts";
import { labelled, WORDS } from "./words.ts";

/** A place in the format of compilers, which editors open (`deploy.yaml:31:9`), then path and layer. */
export function placeText(at: Place, lang: Lang): string {
  const { file, line, column, path, layer } = at;
  const parts: string[] = [];
  if (file !== undefined) {
    parts.push([file, line, column].filter((part) => part !== undefined).join(":"));
  }
  if (path !== undefined) parts.push(path);
  if (layer !== undefined) parts.push(`${WORDS.layer[lang]} ${shortDigest(layer)}`);
  return parts.join(" · ");
}

/**
 * Same as placeText(), but without the field's path if the line is known, since the finding names the field.
 */
export function positionText(at: Place, lang: Lang): string {
  const { file, line, path: _path, ...rest } = at;
  return placeText(file === undefined || line === undefined ? at : { file, line, ...rest }, lang);
}

/** First twelve digits of a digest, enough to identify it within a report. */
function shortDigest(digest: Digest): string {
  return digest.slice(0, "sha256:".length + 12);
}

/** Identity of an image: reference (unless equal to the subject's name), digest or image id, platform. */
export function imageText(image: SubjectImage, subject: Subject, lang: Lang): string {
  const parts: string[] = [];
  const { reference, source } = image;
  if (source !== undefined) parts.push(`${source} ${WORDS.inPlaceOf[lang]} ${reference}`);
  else if (reference !== subject.name) parts.push(reference);
  if (image.digest !== undefined) parts.push(shortDigest(image.digest));
  else if (image.imageId !== undefined) parts.push(`${WORDS.imageId[lang]} ${shortDigest(image.imageId)}`);
  if (image.platform !== undefined) parts.push(image.platform);
  return parts.join(" · ");
}

/** Images of a subject, each with its container's name; images without any identity are omitted. */
export function imageTexts(subject: Subject, lang: Lang): readonly string[] {
  return subject.images
    .map((image) => ({ ...image, text: imageText(image, subject, lang) }))
    .filter(({ text }) => text !== "")
    .map(({ container, text }) => (container === undefined ? text : labelled(container, text, lang)));
}

/** Team, namespace and place of declaration; empty for a bare image without a team. */
export function originText({ team, workload }: Subject, lang: Lang): string {
  const parts: string[] = [];
  if (team !== undefined) parts.push(`${WORDS.team[lang]} ${team}`);
  if (workload !== undefined) {
    const { namespace, environment } = workload;
    if (environment !== undefined && namespace?.includes(environment) !== true) {
      parts.push(`${WORDS.environment[lang].toLowerCase()} ${environment}`);
    }
    if (namespace !== undefined) parts.push(`${WORDS.namespace[lang]} ${namespace}`);
    parts.push(locationText(workload.at));
  }
  return parts.join(" · ");
}
