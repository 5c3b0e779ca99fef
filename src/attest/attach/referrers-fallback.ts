// Referrers on a registry without the API for them: an index under the tag sha256-HEX
// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).

import { sha256 } from "../../contract/digest.ts";
import { UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseDocument } from "../../json/document.ts";
import { fieldsOf, isFields, objectsAt, textAt } from "../../json/fields.ts";
import { INDEX_TYPE, MANIFEST_TYPE, parseArtifact } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { tagTaken, tooManyAttestations } from "./refusals.ts";
import { addToSharedTag, type NewManifest, type Pause } from "./shared-tag.ts";
import { isOwnTag, referrersTag } from "./subject.ts";

/** Entry of the index. */
interface Referrer {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Lists every attachment with its own tag in the fallback index of this image. Each writer adds the
 * attachments that other writers have tagged, and reads the index back: the last writer leaves a complete
 * index, even if writes were lost meanwhile.
 *
 * If a registry does not list its tags, each writer knows only its own attachments; they stay once they were
 * read back.
 *
 * @param written own tags that the writer has just written, and that the registry's list may lack
 * @throws UnavailableError shared-tag-contended; as the store
 */
export async function completeFallbackIndex(
  store: ArtifactStore,
  image: Digest,
  written: readonly string[],
  pause: Pause,
): Promise<void> {
  const known = new Map<string, Referrer | undefined>();
  const tag = referrersTag(image);
  await addToSharedTag(
    store,
    tag,
    async (current) => {
      const tags = [...written, ...(await listed(store, `${tag}.`))].filter((one) => isOwnTag(one, image));
      for (const one of tags) if (!known.has(one)) known.set(one, await referrerAt(store, one, image));
      return withReferrers(
        current,
        [...known.values()].filter((one) => one !== undefined),
        tag,
      );
    },
    pause,
  );
}

/** Tags with this prefix; empty if the account may not list tags. */
async function listed(store: ArtifactStore, prefix: string): Promise<readonly string[]> {
  try {
    return await store.tags(prefix);
  } catch (error) {
    if (error instanceof UnavailableError && error.code === "registry-forbidden") return [];
    throw error;
  }
}

/** Entry for the manifest of a tag; undefined if the manifest is not attached to this image. */
async function referrerAt(store: ArtifactStore, tag: string, image: Digest): Promise<Referrer | undefined> {
  const bytes = await store.manifest(tag);
  if (bytes === undefined) return undefined;
  const { artifactType, subject } = parseArtifact(bytes, tag);
  if (subject !== image) return undefined;
  const annotations = fieldsOf(fieldsOf(parseDocument(bytes, tag))["annotations"]);
  const texts = Object.entries(annotations).filter(
    (one): one is [string, string] => typeof one[1] === "string",
  );
  return {
    mediaType: MANIFEST_TYPE,
    digest: sha256(bytes),
    size: bytes.length,
    artifactType,
    annotations: Object.fromEntries(texts),
  };
}

/**
 * Index with these entries added; undefined if the index has them all. Other writers' entries stay unchanged.
 */
function withReferrers(
  current: Uint8Array | undefined,
  referrers: readonly Referrer[],
  tag: string,
): NewManifest | undefined {
  const index = current === undefined ? {} : parseDocument(current, tag);
  if (!isFields(index) || "layers" in index) throw tagTaken(tag);
  const before = objectsAt(index, "manifests");
  const listed = new Set(before.map((entry) => textAt(entry, "digest")));
  const missing = referrers.filter(({ digest }) => !listed.has(digest));
  if (missing.length === 0) return undefined;
  const manifests = [...before, ...missing];
  if (manifests.length > LIMITS.attestationsPerImage) throw tooManyAttestations(tag, manifests.length);
  const written = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests };
  return { mediaType: INDEX_TYPE, bytes: Buffer.from(JSON.stringify({ ...index, ...written })) };
}
