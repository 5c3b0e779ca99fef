import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { Descriptor } from "../../image/documents/descriptor.ts";
import { isBundleType, parseBundle } from "../attach/bundle.ts";
import { SIGNATURE_ANNOTATION, SIGNATURE_TYPE, SIMPLE_SIGNING_TYPE } from "../attach/layer-list.ts";
import { cosignTag, ownTag } from "../attach/subject.ts";
import { type AttachedMaterial, materialOfAnnotations } from "../certificates/material.ts";
import { ENVELOPE_TYPE, type Envelope, parseEnvelope } from "../dsse/envelope.ts";
import { base64Bytes } from "../keys/base64.ts";
import { type ArtifactManifest, parseArtifact } from "../store/artifact-manifest.ts";
import type { ArtifactReader } from "../store/artifact-store.ts";
import { mapLimit } from "./map-limit.ts";
import { Reading, type ReadingProblem } from "./reading.ts";
import { referrerLists } from "./referrer-lists.ts";

/** Attestation as found beside an image; nothing is verified. */
export interface FoundAttestation {
  /** Digest of the bundle or envelope. */
  readonly name: Digest;
  readonly envelope: Envelope;
  /** Material of a signature made with a certificate; absent for a signature made with a key. */
  readonly material?: AttachedMaterial;
}

/** Signature by cosign, under its tag or in a referrer; nothing is verified. */
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

/** Attachments to be read. */
interface ReadOptions {
  /** True (default) if signatures of the image itself are read besides its attestations; no row rests on them. */
  readonly signatures?: boolean;
}

/** Content of one referrer. */
type Referrer = Pick<Attachments, "attestations" | "signatures">;

const NOTHING: Referrer = { attestations: [], signatures: [] };

/** Attachments that are read at the same time. */
const AT_ONCE = 8;

/**
 * Reads everything attached to an image: referrers (see referrerLists()), and cosign 2's tags. The manifest
 * of an attachment decides, not the description in a list.
 *
 * @throws InvalidInputError too-many-attestations, attested-bytes
 * @throws UnavailableError as the store
 */
export async function readAttachments(
  store: ArtifactReader,
  image: Digest,
  { signatures: withSignatures = true }: ReadOptions = {},
): Promise<Attachments> {
  const reading = new Reading(store, image, withSignatures);
  const [referrers, envelopes, signatures] = await Promise.all([
    readReferrers(reading, image),
    readTag(reading, cosignTag(image, "att"), readEnvelope),
    withSignatures ? readTag(reading, cosignTag(image, "sig"), readSignature) : [],
  ]);
  return {
    attestations: distinct([...referrers.flatMap((one) => one.attestations), ...envelopes]),
    signatures: [...referrers.flatMap((one) => one.signatures), ...signatures],
    problems: reading.problems,
  };
}

/** Referrers that lists name, then referrers with their own tags that the lists lack. */
async function readReferrers(reading: Reading, image: Digest): Promise<readonly Referrer[]> {
  const { digests, ownTags } = await referrerLists(reading, image);
  reading.count(digests.length);
  const attached = new Set<string>();
  const listed = await mapLimit(digests, AT_ONCE, (digest) =>
    reading.attempt(digest, async () => {
      const manifest = await attachedManifest(reading, digest, image);
      if (manifest !== undefined) attached.add(ownTag(image, digest));
      return manifest === undefined ? undefined : readReferrer(reading, manifest);
    }),
  );
  const unlisted = ownTags.filter((tag) => !attached.has(tag));
  reading.count(unlisted.length);
  const tagged = await mapLimit(unlisted, AT_ONCE, (tag) =>
    reading.attempt(tag, async () => {
      const manifest = await attachedManifest(reading, tag, image);
      return manifest === undefined ? undefined : readReferrer(reading, manifest);
    }),
  );
  return [...listed, ...tagged].map((one) => one ?? NOTHING);
}

/**
 * Manifest of a referrer; undefined, and reported as a problem, if the manifest is missing or attached to
 * another image.
 *
 * @param reference digest, or tag
 */
async function attachedManifest(
  reading: Reading,
  reference: string,
  image: Digest,
): Promise<ArtifactManifest | undefined> {
  const bytes = await reading.store.manifest(reference);
  if (bytes === undefined) {
    reading.problem({ name: reference, code: "attachment-missing", text: GONE });
    return undefined;
  }
  const manifest = parseArtifact(bytes, reference);
  if (manifest.subject === image) return manifest;
  reading.problem({ name: reference, code: "other-image", text: foreign(manifest) });
  return undefined;
}

/** Attestation or signatures of a referrer; none if it is another kind of artifact. */
async function readReferrer(
  reading: Reading,
  { layers, artifactType, configType }: ArtifactManifest,
): Promise<Referrer> {
  if (artifactType === SIGNATURE_TYPE || configType === SIGNATURE_TYPE) {
    if (!reading.withSignatures) return NOTHING;
    reading.count(layers.length);
    return { ...NOTHING, signatures: await readLayers(reading, layers, readSignature) };
  }
  const [layer, ...others] = layers;
  if (layer === undefined || others.length > 0) return NOTHING;
  const found = await readEnvelope(reading, layer);
  return found === undefined ? NOTHING : { ...NOTHING, attestations: [found] };
}

async function readEnvelope(reading: Reading, layer: Descriptor): Promise<FoundAttestation | undefined> {
  const { digest, mediaType } = layer;
  const isBundle = isBundleType(mediaType);
  if (!isBundle && mediaType !== ENVELOPE_TYPE) return undefined;
  const bytes = await reading.blob(layer);
  if (bytes === undefined) return undefined;
  if (isBundle) return { name: digest, ...parseBundle(bytes, digest) };
  const material = materialOfAnnotations(layer.annotations, bytes);
  const envelope = parseEnvelope(bytes, digest);
  return { name: digest, envelope, ...(material === undefined ? {} : { material }) };
}

async function readSignature(reading: Reading, layer: Descriptor): Promise<FoundSignature | undefined> {
  if (layer.mediaType !== SIMPLE_SIGNING_TYPE) return undefined;
  const signature = base64Bytes(layer.annotations[SIGNATURE_ANNOTATION] ?? "");
  const payload = await reading.blob(layer);
  if (payload === undefined || signature === undefined) return undefined;
  return { name: layer.digest, payload, signature };
}

type LayerReader<T> = (reading: Reading, layer: Descriptor) => Promise<T | undefined>;

/** Attachments in the layers of a tag of cosign 2. */
async function readTag<T>(reading: Reading, tag: string, read: LayerReader<T>): Promise<readonly T[]> {
  const manifest = await reading.attempt(tag, async () => {
    const bytes = await reading.store.manifest(tag);
    return bytes === undefined ? undefined : parseArtifact(bytes, tag);
  });
  const layers = manifest?.layers ?? [];
  reading.count(layers.length);
  return readLayers(reading, layers, read);
}

async function readLayers<T>(
  reading: Reading,
  layers: readonly Descriptor[],
  read: LayerReader<T>,
): Promise<readonly T[]> {
  const found = await mapLimit(layers, AT_ONCE, (layer) =>
    reading.attempt(layer.digest, () => read(reading, layer)),
  );
  return found.filter((one) => one !== undefined);
}

/** Attestations, each once: several lists may name the same content. */
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
