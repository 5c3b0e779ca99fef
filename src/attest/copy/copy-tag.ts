import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { type ListedLayer, withLayers } from "../attach/layer-list.ts";
import { addToSharedTag, type Pause } from "../attach/shared-tag.ts";
import { mapLimit } from "../read/map-limit.ts";
import { parseArtifact } from "../store/artifact-manifest.ts";
import { BLOBS_AT_ONCE, type Copying, copyBlob, copyParts, distinctBlobs } from "./copy-manifest.ts";
import { type ManifestParts, manifestParts } from "./manifest-parts.ts";
import { unlessOmitted } from "./omission.ts";

/**
 * Copies a tag of cosign 2. If the target has the tag, layers are added to it. A layer whose content the source
 * lacks is added to the copy's omissions, and the others are copied: each of them is an attestation or a
 * signature by itself.
 *
 * @returns digest of the source's manifest; undefined if nothing of it is copied
 */
export async function copyTag(copying: Copying, tag: string, pause: Pause): Promise<Digest | undefined> {
  const { source, target } = copying;
  const bytes = await source.manifest(tag);
  if (bytes === undefined) return undefined;
  const listed = await unlessOmitted(copying, tag, async () => ({
    parts: manifestParts(bytes, tag),
    entries: parseArtifact(bytes, tag).layers,
  }));
  if (listed === undefined) return undefined;
  const { parts, entries } = listed;
  const missing = await missingAfterCopy(copying, tag, bytes, parts);
  const layers = entries
    .filter(({ digest }) => !missing.has(digest))
    .map(
      ({ mediaType, digest, size, annotations }): ListedLayer => ({ mediaType, digest, size, annotations }),
    );
  if (missing.size > 0 && layers.length === 0) return undefined;
  const whole = missing.size > 0 ? undefined : { mediaType: parts.mediaType, bytes };
  await addToSharedTag(
    target,
    tag,
    async (current) =>
      current === undefined && whole !== undefined ? whole : withLayers(target, current, layers, tag),
    pause,
  );
  return sha256(bytes);
}

/** Copies what the tag's manifest names. @returns digests of what the source does not give */
async function missingAfterCopy(
  copying: Copying,
  tag: string,
  bytes: Uint8Array,
  { manifests, blobs }: ManifestParts,
): Promise<ReadonlySet<Digest>> {
  if (manifests.length > 0) {
    const copied = await unlessOmitted(copying, tag, () => copyParts(copying, bytes));
    return new Set(copied === undefined ? manifests.map(({ digest }) => digest) : []);
  }
  const refs = distinctBlobs(blobs);
  const copied = await mapLimit(refs, BLOBS_AT_ONCE, (ref) =>
    unlessOmitted(copying, ref.digest, async () => {
      await copyBlob(copying, ref);
      return ref.digest;
    }),
  );
  return new Set(refs.map(({ digest }) => digest).filter((digest) => !copied.includes(digest)));
}
