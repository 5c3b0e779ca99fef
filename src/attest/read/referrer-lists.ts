import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { parseDocument } from "../../json/document.ts";
import { fieldsOf, objectsAt, textAt } from "../../json/fields.ts";
import { isOwnTag, referrersTag } from "../attach/subject.ts";
import type { ArtifactReader } from "../store/artifact-store.ts";
import type { Reading } from "./reading.ts";

/** Referrers of an image, as a store lists them. */
interface ReferrerLists {
  /** Digests of manifests, each once. */
  readonly digests: readonly Digest[];
  /** Tags of single attachments; the manifest of such a tag may also be among the digests. */
  readonly ownTags: readonly string[];
}

/**
 * Lists of an image's referrers. A registry with the referrers API lists all of them, including those of the
 * fallback tag (distribution-spec, "Enabling the Referrers API"), so nothing else is requested. Without the
 * API, the index under the fallback tag and the tags of single attachments are read. A layout has all three.
 */
export async function referrerLists(reading: Reading, image: Digest): Promise<ReferrerLists> {
  const { store } = reading;
  const listed = await store.referrers(image);
  if (listed !== undefined && store.referrersAreComplete) return { digests: digestsOf(listed), ownTags: [] };
  const tag = referrersTag(image);
  const [indexed, tags] = await Promise.all([
    reading.attempt(tag, () => indexEntries(store, tag)),
    store.tags(`${tag}.`),
  ]);
  return {
    digests: digestsOf([...(listed ?? []), ...(indexed ?? [])]),
    ownTags: [...new Set(tags.filter((one) => isOwnTag(one, image)))],
  };
}

async function indexEntries(store: ArtifactReader, tag: string): Promise<readonly unknown[]> {
  const index = await store.manifest(tag);
  return index === undefined ? [] : objectsAt(fieldsOf(parseDocument(index, tag)), "manifests");
}

function digestsOf(entries: readonly unknown[]): readonly Digest[] {
  const digests = entries.map((entry) => textAt(fieldsOf(entry), "digest") ?? "");
  return [...new Set(digests.filter(isDigest))];
}
