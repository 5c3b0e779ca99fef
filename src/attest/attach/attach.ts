import { sha256 } from "../../contract/digest.ts";
import { type DouaneError, UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { ENVELOPE_TYPE, type Envelope, formatEnvelope } from "../envelope/envelope.ts";
import { MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { bundleManifest, EMPTY_CONFIG, formatBundle } from "./bundle.ts";
import { completeFallbackIndex } from "./fallback-index.ts";
import { type ListedLayer, SIGNATURE_ANNOTATION, withLayers } from "./layer-list.ts";
import { addToSharedTag, type Pause } from "./shared-tag.ts";
import { cosignTag, ownTag, referrersTag, type SubjectDescriptor } from "./subject.ts";

/** Where attestations go: bundles as referrers, cosign 2's tags, or both. */
export const LAYOUTS = ["both", "bundle", "tag"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** A signed statement to be attached. */
export interface SignedAttestation {
  readonly envelope: Envelope;
  readonly predicateType: string;
  /** Id of the key that signed. */
  readonly keyId: string;
  readonly created: Date;
}

/** What the parts of attaching share. */
export interface Attaching {
  readonly store: ArtifactStore;
  readonly subject: SubjectDescriptor;
  readonly pause: Pause;
  /** Called for what other tools will not see. */
  warn(text: Text): void;
}

/** Attaches a bundle as a referrer of its subject. @returns digest of the bundle's manifest */
export async function attachBundle(
  { store, subject, pause, warn }: Attaching,
  { envelope, predicateType, keyId, created }: SignedAttestation,
): Promise<Digest> {
  const bundle = Buffer.from(formatBundle(envelope, keyId));
  const digest = await store.putBlob(bundle);
  await store.putBlob(EMPTY_CONFIG);
  const manifest = bundleManifest(subject, { digest, size: bundle.length }, predicateType, created);
  const name = sha256(manifest);
  const hasApi = (await store.referrers(subject.digest)) !== undefined;
  const isListed = await store.putManifest(
    hasApi ? name : ownTag(subject.digest, name),
    MANIFEST_TYPE,
    manifest,
  );
  if (hasApi || isListed) return name;
  const tag = referrersTag(subject.digest);
  await unlessImmutable(tag, warn, () => completeFallbackIndex(store, subject.digest, pause));
  return name;
}

/** Adds an envelope to the tag that cosign 2 reads attestations from. */
export async function attachEnvelope(
  { store, subject, pause }: Attaching,
  { envelope, predicateType }: Pick<SignedAttestation, "envelope" | "predicateType">,
): Promise<void> {
  const layer = await envelopeLayer(store, envelope, predicateType);
  const tag = cosignTag(subject.digest, "att");
  await addToSharedTag(store, tag, (current) => withLayers(store, current, [layer], tag), pause);
}

/** Layer of an envelope, which is uploaded. */
export async function envelopeLayer(
  store: ArtifactStore,
  envelope: Envelope,
  predicateType: string,
): Promise<ListedLayer> {
  const bytes = Buffer.from(formatEnvelope(envelope));
  const annotations = { [SIGNATURE_ANNOTATION]: "", predicateType };
  return { mediaType: ENVELOPE_TYPE, digest: await store.putBlob(bytes), size: bytes.length, annotations };
}

/** Attaches a statement in the places of a layout. A tag that cannot be rewritten is a warning if there is a bundle. */
export async function attach(
  attaching: Attaching,
  attestation: SignedAttestation,
  layout: Layout,
): Promise<void> {
  if (layout !== "tag") await attachBundle(attaching, attestation);
  if (layout === "bundle") return;
  const write = () => attachEnvelope(attaching, attestation);
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

/** Codes of a write that a registry refuses for good, after one by the same account succeeded. */
const REFUSALS = new Set(["registry-answer", "registry-forbidden"]);

function immutable(tag: string, { text }: DouaneError): Text {
  return {
    fr: `le tag ${quoted(tag)} n'a pas pu être réécrit (${text.fr}) L'attestation est là sous son propre tag, que douane lit ; pour cosign et les contrôleurs d'admission, exempter les tags « sha256-* » de l'immuabilité, puis : douane attest IMAGE --repair`,
    en: `the tag ${quoted(tag)} could not be rewritten (${text.en}) The attestation is stored under its own tag, which douane reads; for cosign and admission controllers, exempt tags "sha256-*" from immutability, then: douane attest IMAGE --repair`,
  };
}
