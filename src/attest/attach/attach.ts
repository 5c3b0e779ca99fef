import { sha256 } from "../../contract/digest.ts";
import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { cosignAnnotations } from "../certificates/cosign-annotations.ts";
import { ENVELOPE_TYPE, type Envelope, formatEnvelope } from "../dsse/envelope.ts";
import { EMPTY_CONFIG, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { SignatureMaterial } from "../witness/witness.ts";
import { bundleManifest, formatBundle } from "./bundle.ts";
import { type ListedLayer, SIGNATURE_ANNOTATION, withLayers } from "./layer-list.ts";
import { completeFallbackIndex } from "./referrers-fallback.ts";
import { addToSharedTag, type Pause } from "./shared-tag.ts";
import { cosignTag, ownTag, referrersTag, type SubjectDescriptor } from "./subject.ts";

/** Forms in which attestations are stored: bundles as referrers, tags of cosign 2, or both. */
export const LAYOUTS = ["both", "bundle", "tag"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** A signed statement to be attached. */
export interface SignedAttestation {
  readonly envelope: Envelope;
  readonly predicateType: string;
  /** Id of the key that signed. */
  readonly keyId: string;
  readonly created: Date;
  /** Certificate, log entries and timestamps; absent beside the signature of a bare key. */
  readonly material?: SignatureMaterial;
}

/** Image, store and callbacks of one attachment. */
export interface Attaching {
  readonly store: ArtifactStore;
  readonly subject: SubjectDescriptor;
  readonly pause: Pause;
  /** Receives a warning if something is attached where other tools will not see it. */
  readonly warn: (text: Text) => void;
}

/** A referrer that was written. */
export interface PutReferrer {
  /** Digest, or the manifest's own tag. */
  readonly reference: string;
  /** Set if the store itself lists the manifest as a referrer. */
  readonly listed: boolean;
}

/** Attaches bundles as referrers of their subject. */
export async function attachBundles(
  { store, subject, pause, warn }: Attaching,
  attestations: readonly SignedAttestation[],
): Promise<void> {
  const hasApi = (await store.referrers(subject.digest)) !== undefined;
  const unlisted: string[] = [];
  for (const attestation of attestations) {
    const { reference, listed } = await putBundle(store, subject, attestation, hasApi);
    if (!listed) unlisted.push(reference);
  }
  if (hasApi || unlisted.length === 0) return;
  const tag = referrersTag(subject.digest);
  await unlessImmutable(tag, warn, () => completeFallbackIndex(store, subject.digest, unlisted, pause));
}

/**
 * Without the referrers API, the manifest gets its own tag, since the list under the fallback tag can be
 * lost.
 */
async function putBundle(
  store: ArtifactStore,
  subject: SubjectDescriptor,
  { envelope, predicateType, keyId, created, material }: SignedAttestation,
  hasApi: boolean,
): Promise<PutReferrer> {
  const bundle = Buffer.from(formatBundle(envelope, keyId, material?.fields));
  const digest = await store.putBlob(bundle);
  await store.putBlob(EMPTY_CONFIG);
  const manifest = bundleManifest(subject, { digest, size: bundle.length }, predicateType, created);
  const name = sha256(manifest);
  const reference = hasApi ? name : ownTag(subject.digest, name);
  return { reference, listed: await store.putManifest(reference, MANIFEST_TYPE, manifest) };
}

/** Adds envelopes to the tag that cosign 2 reads attestations from. */
async function attachEnvelopes(
  { store, subject, pause }: Attaching,
  attestations: readonly SignedAttestation[],
): Promise<void> {
  const layers: ListedLayer[] = [];
  for (const attestation of attestations) layers.push(await envelopeLayer(store, attestation));
  const tag = cosignTag(subject.digest, "att");
  await addToSharedTag(store, tag, (current) => withLayers(store, current, layers, tag), pause);
}

/** Layer of an envelope, which is uploaded. */
export async function envelopeLayer(
  store: ArtifactStore,
  { envelope, predicateType, material }: Pick<SignedAttestation, "envelope" | "predicateType" | "material">,
): Promise<ListedLayer> {
  const bytes = Buffer.from(formatEnvelope(envelope));
  const annotations = { [SIGNATURE_ANNOTATION]: "", predicateType, ...annotationsOf(material) };
  return { mediaType: ENVELOPE_TYPE, digest: await store.putBlob(bytes), size: bytes.length, annotations };
}

/** cosign 2's annotations for the material beside a signature. */
export function annotationsOf(material: SignatureMaterial | undefined): Readonly<Record<string, string>> {
  return material === undefined
    ? {}
    : cosignAnnotations(material.fields, material.chain, material.layerTimestamp);
}

/** Attaches statements in the places of a layout. A tag that cannot be rewritten is a warning if there are bundles. */
export async function attach(
  attaching: Attaching,
  attestations: readonly SignedAttestation[],
  layout: Layout,
): Promise<void> {
  if (attestations.length === 0) return;
  if (layout !== "tag") await attachBundles(attaching, attestations);
  if (layout === "bundle") return;
  const write = () => attachEnvelopes(attaching, attestations);
  const tag = cosignTag(attaching.subject.digest, "att");
  await (layout === "tag" ? write() : unlessImmutable(tag, attaching.warn, write));
}

/** Runs a write to a shared tag; a registry that forbids to rewrite tags gives a warning. */
export async function unlessImmutable(
  tag: string,
  warn: Attaching["warn"],
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof UnavailableError) || !REFUSALS.has(error.code)) throw error;
    warn(immutable(tag, error));
  }
}

/**
 * Error codes of a registry that refuses a write permanently, although an earlier write by the same account
 * succeeded.
 */
const REFUSALS = new Set(["registry-answer", "registry-forbidden"]);

function immutable(tag: string, { text }: DouaneError): Text {
  return {
    fr: `le tag ${quoted(tag)} n'a pas pu être réécrit (${text.fr}) L'attestation est là sous son propre tag, que douane lit ; pour cosign et les contrôleurs d'admission, exempter les tags « sha256-* » de l'immuabilité, puis : douane attest IMAGE --repair`,
    en: `the tag ${quoted(tag)} could not be rewritten (${text.en}) The attestation is stored under its own tag, which douane reads; for cosign and admission controllers, exempt tags "sha256-*" from immutability, then: douane attest IMAGE --repair`,
  };
}
