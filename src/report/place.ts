import type { Place } from "../contract/finding.ts";
import type { Digest } from "../contract/image-facts.ts";
import type { Lang } from "../contract/text.ts";
import type { Subject, SubjectImage } from "../contract/verdict.ts";
import { WORDS } from "./words.ts";

/** As compilers write it, so that editors open it: `deploy.yaml:31:9`; then the path and the layer. */
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

/** Twelve digits tell the layers and images of a report apart. */
function shortDigest(digest: Digest): string {
  return digest.slice(0, "sha256:".length + 12);
}

/** Which image, exactly: reference (unless it is the subject's name), digest or image id, platform. */
export function imageText(image: SubjectImage, subject: Subject, lang: Lang): string {
  const parts: string[] = [];
  if (image.reference !== subject.name) parts.push(image.reference);
  if (image.digest !== undefined) parts.push(shortDigest(image.digest));
  else if (image.imageId !== undefined) parts.push(`${WORDS.imageId[lang]} ${shortDigest(image.imageId)}`);
  if (image.platform !== undefined) parts.push(image.platform);
  return parts.join(" · ");
}

/** Whose application, and where it is declared; empty for an image alone without a team. */
export function originText({ team, workload }: Subject, lang: Lang): string {
  const parts: string[] = [];
  if (team !== undefined) parts.push(`${WORDS.team[lang]} ${team}`);
  if (workload !== undefined) {
    const { namespace, name, kind, file, line } = workload;
    parts.push(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`, `${file}:${line}`);
  }
  return parts.join(" · ");
}
