import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { completeFallbackIndex } from "../attach/referrers-fallback.ts";
import type { Pause } from "../attach/shared-tag.ts";
import { cosignTag, ownTag } from "../attach/subject.ts";
import { attachedManifest } from "../read/attached-manifest.ts";
import { Reading } from "../read/reading.ts";
import { referrerLists } from "../read/referrer-lists.ts";
import { type Copying, copyParts } from "./copy-manifest.ts";
import { copyTag } from "./copy-tag.ts";
import { unlessOmitted } from "./omission.ts";

/** Levels of attachments that are followed: an SBOM of the image, and a signature of the SBOM. */
const LEVELS = 2;

/**
 * Copies the attachments of a manifest: referrers (and their referrers), and the tags of cosign 2. Digests do
 * not change, so signatures stay valid. At a target without the referrers API, each attachment gets its own
 * tag and an entry in the fallback index. An existing tag of the target keeps its layers. An attachment whose
 * contents the source lacks is added to the copy's omissions.
 *
 * @returns digests of the attachments
 * @throws InvalidInputError too-many-attestations; UnavailableError shared-tag-contended; as the stores
 */
export async function copyAttachments(
  copying: Copying,
  image: Digest,
  pause: Pause,
  levels = LEVELS,
): Promise<readonly Digest[]> {
  const referrers = await copyReferrers(copying, image, pause, levels);
  const tagged: Digest[] = [];
  for (const kind of ["att", "sig"] as const) {
    const digest = await copyTag(copying, cosignTag(image, kind), pause);
    if (digest !== undefined) tagged.push(digest);
  }
  return [...referrers, ...tagged];
}

async function copyReferrers(
  copying: Copying,
  image: Digest,
  pause: Pause,
  levels: number,
): Promise<readonly Digest[]> {
  const { target } = copying;
  const found = await attached(copying, image);
  if (found.length === 0) return [];
  const hasApi = (await target.referrers(image)) !== undefined;
  const copied: Digest[] = [];
  const tags: string[] = [];
  for (const bytes of found) {
    // A manifest is written when all its contents are: what is omitted is absent as a whole, and so is what is
    // attached to it.
    const [top] = (await unlessOmitted(copying, sha256(bytes), () => copyParts(copying, bytes))) ?? [];
    if (top === undefined) continue;
    const reference = hasApi ? top.digest : ownTag(image, top.digest);
    await target.putManifest(reference, top.mediaType, top.bytes);
    if (!hasApi) tags.push(reference);
    copied.push(top.digest);
    if (levels > 1) copied.push(...(await copyReferrers(copying, top.digest, pause, levels - 1)));
  }
  if (!hasApi) await completeFallbackIndex(target, image, tags, pause);
  return copied;
}

/**
 * Manifests that are attached to the image, each once. Manifests that a list names, and that are missing,
 * invalid or attached to another image, are added to the copy's omissions.
 */
async function attached({ source, omitted }: Copying, image: Digest): Promise<readonly Uint8Array[]> {
  const reading = new Reading(source, image, true);
  const { digests, ownTags } = await referrerLists(reading, image);
  reading.count(digests.length);
  const found = new Map<Digest, Uint8Array>();
  for (const reference of [...digests, ...ownTags]) {
    if ([...found.keys()].some((digest) => ownTag(image, digest) === reference)) continue;
    const manifest = await attachedManifest(reading, reference, image);
    if (manifest !== undefined) found.set(sha256(manifest.bytes), manifest.bytes);
  }
  omitted.push(...reading.problems);
  return [...found.values()];
}
