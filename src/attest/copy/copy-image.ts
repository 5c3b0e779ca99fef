import { sha256 } from "../../contract/digest.ts";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Pause } from "../attach/shared-tag.ts";
import type { ReadingProblem } from "../read/reading.ts";
import { copyAttachments } from "./copy-attachments.ts";
import { type Copying, type CopyTally, copyParts } from "./copy-manifest.ts";
import type { CopySource, CopyTarget } from "./copy-ports.ts";

/** An image to be copied. */
export interface CopyRequest {
  readonly source: CopySource;
  readonly target: CopyTarget;
  /** Tag or digest at the source. */
  readonly from: string;
  /** Tag at the target; absent: by digest alone. */
  readonly tag?: string;
  /** Whether another image under the tag is replaced. */
  readonly force: boolean;
  /** See Copying. */
  readonly mountFrom?: string;
}

export interface CopiedImage extends CopyTally {
  readonly digest: Digest;
  /** Index and manifests. */
  readonly manifests: number;
  readonly attachments: number;
  /** Attachments that lists of the source name and that were not copied, with the reasons. */
  readonly omitted: readonly ReadingProblem[];
}

/**
 * Copies an image of every platform, with all attachments. The tag is written last, so that a reader who sees
 * it sees the attestations.
 *
 * @throws UsageError copy-tag-taken; UnavailableError image-not-found; as copyParts() and copyAttachments()
 */
export async function copyImage(
  { source, target, from, tag, force, mountFrom }: CopyRequest,
  pause: Pause,
): Promise<CopiedImage> {
  const bytes = await source.manifest(from);
  if (bytes === undefined) throw notFound(from);
  const digest = sha256(bytes);
  const taken = tag === undefined ? undefined : await target.manifest(tag);
  if (taken !== undefined && sha256(taken) !== digest && !force)
    throw tagTaken(tag ?? "", sha256(taken), digest);
  const tally: CopyTally = { copied: 0, bytes: 0, mounted: 0, present: 0 };
  const omitted: ReadingProblem[] = [];
  const copying: Copying = {
    source,
    target,
    tally,
    omitted,
    ...(mountFrom === undefined ? {} : { mountFrom }),
  };
  const manifests = await copyParts(copying, bytes);
  const [top] = manifests;
  if (top === undefined) throw notFound(from);
  // A registry may refuse an attachment before it has the attachment's subject.
  await target.putPart(top.mediaType, top.bytes);
  const attachments = new Set<Digest>();
  for (const one of new Set(manifests.map((manifest) => manifest.digest))) {
    for (const found of await copyAttachments(copying, one, pause)) attachments.add(found);
  }
  await target.putManifest(tag ?? digest, top.mediaType, top.bytes);
  return { ...tally, digest, manifests: manifests.length, attachments: attachments.size, omitted };
}

function notFound(reference: string): UnavailableError {
  return new UnavailableError("image-not-found", {
    fr: `l'image ${quoted(reference)} n'est pas à la source. Vérifier le nom du dépôt, le tag ou l'empreinte.`,
    en: `the image ${quoted(reference)} is not at the source. Check the repository's name, the tag or the digest.`,
  });
}

function tagTaken(tag: string, there: string, digest: string): UsageError {
  return new UsageError("copy-tag-taken", {
    fr: `le tag ${quoted(tag)} est déjà celui d'une autre image (${there}, et non ${digest}). Un tag ne change pas d'image ; en prendre un autre, ou --force.`,
    en: `the tag ${quoted(tag)} is another image's already (${there}, not ${digest}). A tag does not change its image; take another one, or --force.`,
  });
}
