// The tags .att and .sig of cosign 2: an image whose layers are envelopes, or signed payloads
// (https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md).

import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, objectsAt, textAt } from "../../json/fields.ts";
import { MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { tagTaken, tooManyAttestations } from "./refusals.ts";
import type { NewManifest } from "./shared-tag.ts";

const CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";

/**
 * Media type of a signed payload as a layer, and the annotation with the payload's signature; the annotation
 * is empty for an envelope.
 */
export const SIMPLE_SIGNING_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
export const SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";

/** Type of a referrer that holds signatures as layers: cosign's experiment, which is read, never written. */
export const SIGNATURE_TYPE = "application/vnd.dev.cosign.artifact.sig.v1+json";

const EPOCH = "0001-01-01T00:00:00Z";

/** Layer of a manifest under a tag of cosign 2. */
export interface ListedLayer {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Manifest with these layers added; undefined if the manifest has them all. Existing layers stay unchanged.
 */
export async function withLayers(
  store: ArtifactStore,
  current: Uint8Array | undefined,
  added: readonly ListedLayer[],
  tag: string,
): Promise<NewManifest | undefined> {
  const manifest = current === undefined ? {} : fieldsOf(parseDocument(current, tag));
  if ("manifests" in manifest) throw tagTaken(tag);
  const before = objectsAt(manifest, "layers");
  const missing = added.filter((layer) => !before.some((one) => isSame(one, layer)));
  if (missing.length === 0) return undefined;
  const layers = [...before, ...missing];
  if (layers.length > LIMITS.attestationsPerImage) throw tooManyAttestations(tag, layers.length);
  const config = configOf(layers);
  const digest = await store.putBlob(config);
  const written = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, size: config.length, digest },
    layers,
  };
  return { mediaType: MANIFEST_TYPE, bytes: Buffer.from(JSON.stringify({ ...manifest, ...written })) };
}

/**
 * Whether two layers are the same. Annotations are compared, too, since two signatures may have the same payload.
 * Certificates and log entries are not compared: they belong to the signature, whatever tool wrote them.
 */
function isSame(one: Fields, { digest, annotations }: ListedLayer): boolean {
  const other = fieldsOf(one["annotations"]);
  const compared = Object.entries(annotations).filter(([key]) => !key.startsWith("dev.sigstore.cosign/"));
  return one["digest"] === digest && compared.every(([key, value]) => other[key] === value);
}

/** Config as cosign writes it: the layers' digests are the diff ids. */
function configOf(layers: readonly (Fields | ListedLayer)[]): Buffer {
  const digests = layers.map((layer) => textAt(fieldsOf(layer), "digest") ?? "");
  const config = {
    architecture: "",
    created: EPOCH,
    history: layers.map(() => ({ created: EPOCH })),
    os: "",
    rootfs: { type: "layers", diff_ids: digests },
    config: {},
  };
  return Buffer.from(JSON.stringify(config));
}
