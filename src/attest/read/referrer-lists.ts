import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
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
  if (listed !== undefined && store.referrersAreComplete)
    return { digests: digestsOf(reading, listed), ownTags: [] };
  const tag = referrersTag(image);
  const [indexed, tags] = await Promise.all([
    reading.attempt(tag, () => indexEntries(store, tag)),
    store.tags(`${tag}.`),
  ]);
  return {
    digests: digestsOf(reading, [...(listed ?? []), ...(indexed ?? [])]),
    ownTags: [...new Set(tags.filter((one) => isOwnTag(one, image)))],
  };
}

async function indexEntries(store: ArtifactReader, tag: string): Promise<readonly unknown[]> {
  const index = await store.manifest(tag);
  return index === undefined ? [] : objectsAt(fieldsOf(parseDocument(index, tag)), "manifests");
}

/** SHA-256 digests of entries. Entries with another digest, or without a digest, are reported as problems. */
function digestsOf(reading: Reading, entries: readonly unknown[]): readonly Digest[] {
  const digests = new Set(entries.map((entry) => textAt(fieldsOf(entry), "digest") ?? ""));
  const others = [...digests].filter((one) => !isDigest(one));
  reading.count(others.length);
  for (const one of others)
    reading.problem({ name: excerpt(one) || "?", code: "attachment-digest", text: NO_DIGEST });
  return [...digests].filter(isDigest);
}

const NO_DIGEST: Text = {
  fr: "listé comme attaché à cette image, sans empreinte SHA-256 : non lu",
  en: "listed as attached to this image, without a SHA-256 digest: not read",
};
