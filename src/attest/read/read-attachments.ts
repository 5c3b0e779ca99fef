import { isDigest, sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { Descriptor } from "../../image/documents/descriptor.ts";
import { parseDocument } from "../../json/document.ts";
import { fieldsOf, objectsAt, textAt } from "../../json/fields.ts";
import { isBundleType, parseBundle } from "../attach/bundle.ts";
import { SIGNATURE_ANNOTATION, SIMPLE_SIGNING_TYPE } from "../attach/layer-list.ts";
import { cosignTag, isOwnTag, referrersTag } from "../attach/subject.ts";
import { ENVELOPE_TYPE, type Envelope, parseEnvelope } from "../dsse/envelope.ts";
import { base64Bytes } from "../keys/base64.ts";
import { type ArtifactManifest, parseArtifact } from "../store/artifact-manifest.ts";
import type { ArtifactReader } from "../store/artifact-store.ts";
import { Reading, type ReadingProblem } from "./reading.ts";

/** An attestation as it lies beside an image; nothing of it is verified. */
export interface FoundAttestation {
  /** Digest of the bundle or envelope. */
  readonly name: Digest;
  readonly envelope: Envelope;
}

/** A signature under cosign 2's tag; nothing of it is verified. */
export interface FoundSignature {
  readonly name: Digest;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** Attachments of an image: the union over all places. */
export interface Attachments {
  readonly attestations: readonly FoundAttestation[];
  readonly signatures: readonly FoundSignature[];
  /** Attachments that could not be read. */
  readonly problems: readonly ReadingProblem[];
}

/**
 * Reads everything attached to an image: referrers by the API, by the index under the fallback tag, and by tags
 * of their own; and cosign 2's tags. What a list says of an attachment is not believed: its manifest decides.
 *
 * @throws InvalidInputError too-many-attestations, attested-bytes
 * @throws UnavailableError as the store
 */
export async function readAttachments(store: ArtifactReader, image: Digest): Promise<Attachments> {
  const reading = new Reading(store, image);
  const attestations: FoundAttestation[] = [];
  const referrers = await referrerDigests(reading, image);
  reading.count(referrers.length);
  for (const digest of referrers) {
    const found = await reading.attempt(digest, () => readReferrer(reading, digest, image));
    if (found !== undefined) attestations.push(found);
  }
  attestations.push(...(await readLayers(reading, cosignTag(image, "att"), readEnvelope)));
  const signatures = await readLayers(reading, cosignTag(image, "sig"), readSignature);
  return { attestations: distinct(attestations), signatures, problems: reading.problems };
}

/** Digests of the manifests that any list names as referrers of the image, each once. */
async function referrerDigests(reading: Reading, image: Digest): Promise<readonly Digest[]> {
  const { store } = reading;
  const tag = referrersTag(image);
  const listed = (await store.referrers(image)) ?? [];
  const indexed = await reading.attempt(tag, async () => {
    const index = await store.manifest(tag);
    return index === undefined ? [] : objectsAt(fieldsOf(parseDocument(index, tag)), "manifests");
  });
  const digests = [...listed, ...(indexed ?? [])].map((entry) => textAt(fieldsOf(entry), "digest") ?? "");
  const tagged: string[] = [];
  for (const own of (await store.tags(`${tag}.`)).filter((one) => isOwnTag(one, image))) {
    const bytes = await store.manifest(own);
    if (bytes !== undefined) tagged.push(sha256(bytes));
  }
  return [...new Set([...digests, ...tagged].filter(isDigest))];
}

/** Attestation of a referrer; undefined if it is another kind of artifact. */
async function readReferrer(
  reading: Reading,
  digest: Digest,
  image: Digest,
): Promise<FoundAttestation | undefined> {
  const bytes = await reading.store.manifest(digest);
  if (bytes === undefined) {
    reading.problems.push({ name: digest, code: "attachment-missing", text: GONE });
    return undefined;
  }
  const manifest = parseArtifact(bytes, digest);
  if (manifest.subject !== image) {
    reading.problems.push({ name: digest, code: "other-image", text: foreign(manifest) });
    return undefined;
  }
  const [layer, ...others] = manifest.layers;
  const isBundle = isBundleType(layer?.mediaType ?? "");
  if (layer === undefined || others.length > 0 || !(isBundle || layer.mediaType === ENVELOPE_TYPE))
    return undefined;
  return readEnvelope(reading, layer);
}

async function readEnvelope(reading: Reading, layer: Descriptor): Promise<FoundAttestation | undefined> {
  const { digest, mediaType } = layer;
  const isBundle = isBundleType(mediaType);
  if (!isBundle && mediaType !== ENVELOPE_TYPE) return undefined;
  const bytes = await reading.blob(layer);
  if (bytes === undefined) return undefined;
  return { name: digest, envelope: isBundle ? parseBundle(bytes, digest) : parseEnvelope(bytes, digest) };
}

async function readSignature(reading: Reading, layer: Descriptor): Promise<FoundSignature | undefined> {
  if (layer.mediaType !== SIMPLE_SIGNING_TYPE) return undefined;
  const signature = base64Bytes(layer.annotations[SIGNATURE_ANNOTATION] ?? "");
  const payload = await reading.blob(layer);
  if (payload === undefined || signature === undefined) return undefined;
  return { name: layer.digest, payload, signature };
}

/** Attachments in the layers of a tag of cosign 2. */
async function readLayers<T>(
  reading: Reading,
  tag: string,
  read: (reading: Reading, layer: Descriptor) => Promise<T | undefined>,
): Promise<readonly T[]> {
  const manifest = await reading.attempt(tag, async () => {
    const bytes = await reading.store.manifest(tag);
    return bytes === undefined ? undefined : parseArtifact(bytes, tag);
  });
  const layers = manifest?.layers ?? [];
  reading.count(layers.length);
  const found: T[] = [];
  for (const layer of layers) {
    const one = await reading.attempt(layer.digest, () => read(reading, layer));
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Attestations without those whose content several lists name. */
function distinct(attestations: readonly FoundAttestation[]): readonly FoundAttestation[] {
  return [...new Map(attestations.map((one) => [one.name, one])).values()];
}

const GONE: Text = {
  fr: "listé comme attaché à cette image, mais absent du registre",
  en: "listed as attached to this image, but missing from the registry",
};

function foreign({ subject }: ArtifactManifest): Text {
  const other = subject ?? "?";
  return {
    fr: `listé comme attaché à cette image, mais son manifeste l'attache à une autre (${other})`,
    en: `listed as attached to this image, but its manifest attaches it to another one (${other})`,
  };
}
