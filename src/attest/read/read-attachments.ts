import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
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
import { attachedManifest } from "./attached-manifest.ts";
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
      return manifest === undefined ? undefined : readReferrer(reading, digest, manifest);
    }),
  );
  const unlisted = ownTags.filter((tag) => !attached.has(tag));
  reading.count(unlisted.length);
  const tagged = await mapLimit(unlisted, AT_ONCE, (tag) =>
    reading.attempt(tag, async () => {
      const manifest = await attachedManifest(reading, tag, image);
      return manifest === undefined ? undefined : readReferrer(reading, tag, manifest);
    }),
  );
  return [...listed, ...tagged].map((one) => one ?? NOTHING);
}

/**
 * Attestation or signatures of a referrer; none if it is another kind of artifact, which is reported unless it
 * is a scan report.
 */
async function readReferrer(
  reading: Reading,
  name: string,
  { layers, artifactType, configType }: ArtifactManifest,
): Promise<Referrer> {
  if (artifactType === SIGNATURE_TYPE || configType === SIGNATURE_TYPE) {
    if (!reading.withSignatures) return NOTHING;
    reading.count(layers.length);
    return { ...NOTHING, signatures: await readLayers(reading, layers, readSignature) };
  }
  const [layer, ...others] = layers;
  if (layer === undefined || others.length > 0 || !isAttestationType(layer.mediaType)) {
    if (!REPORT_TYPES.has(artifactType))
      reading.problem({ name, code: "attachment-type", text: unread(artifactType) });
    return NOTHING;
  }
  const found = await readEnvelope(reading, layer);
  return found === undefined ? NOTHING : { ...NOTHING, attestations: [found] };
}

/** Types of referrers that attachReports() writes: material, not attestations. */
const REPORT_TYPES: ReadonlySet<string> = new Set([
  "application/json",
  "application/xml",
  "application/sarif+json",
]);

function isAttestationType(mediaType: string): boolean {
  return isBundleType(mediaType) || mediaType === ENVELOPE_TYPE;
}

async function readEnvelope(reading: Reading, layer: Descriptor): Promise<FoundAttestation | undefined> {
  const { digest, mediaType } = layer;
  const isBundle = isBundleType(mediaType);
  if (!isAttestationType(mediaType)) {
    reading.problem({ name: digest, code: "attachment-type", text: unread(mediaType) });
    return undefined;
  }
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

function unread(type: string): Text {
  const seen = quoted(type);
  return {
    fr: `attachement du type ${seen}, qui n'est pas lu (sont lus : bundles de Sigstore et ${ENVELOPE_TYPE})`,
    en: `attachment of type ${seen}, which is not read (read: Sigstore bundles and ${ENVELOPE_TYPE})`,
  };
}
