// Sigstore bundle v0.3: https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto

import { type Fields, fieldsOf, isFields, textAt } from "../../json/fields.ts";
import { type AttachedMaterial, materialOfBundle } from "../certificates/material.ts";
import { type Envelope, envelopeOf, formatEnvelope, verifyAttestationSize } from "../dsse/envelope.ts";
import { attestationRefused } from "../dsse/refusal.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { artifactManifest } from "../store/artifact-manifest.ts";
import type { SubjectDescriptor } from "./subject.ts";

const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/**
 * Whether the media type is that of a bundle, of any version 0.x: all of them hold the envelope at the same
 * place.
 */
export function isBundleType(mediaType: string): boolean {
  return /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.\d{1,3}\+json|\+json;version=0\.\d{1,3})$/.test(
    mediaType,
  );
}

/**
 * Text of a bundle.
 *
 * @param keyId see keyId()
 * @param material VerificationMaterial; default: that of a bare key
 */
export function formatBundle(
  envelope: Envelope,
  keyId: string,
  material: Fields = { publicKey: { hint: keyId } },
): string {
  return `{"mediaType":"${BUNDLE_TYPE}","verificationMaterial":${JSON.stringify(material)},"dsseEnvelope":${formatEnvelope(envelope)}}`;
}

/** Content of a bundle; nothing is verified. */
export interface Bundle {
  readonly envelope: Envelope;
  /** Material of a signature made with a certificate; absent for a signature made with a key. */
  readonly material?: AttachedMaterial;
}

/**
 * Envelope of a bundle, with its certificate. A bare key in a bundle is never used, since the bundle's author
 * chose it (GHSA-fx35-mq7g-6g98).
 *
 * @throws InvalidInputError bundle-type, bundle-content; as parseEnvelope()
 */
export function parseBundle(bytes: Uint8Array, what: string): Bundle {
  verifyAttestationSize(bytes.length, what);
  const fields = fieldsOf(parseSignedJson(bytes, what));
  if (!isBundleType(textAt(fields, "mediaType") ?? "")) {
    throw attestationRefused("bundle-type", what, {
      fr: "ce n'est pas un bundle Sigstore (mediaType)",
      en: "not a Sigstore bundle (mediaType)",
    });
  }
  const envelope = fields["dsseEnvelope"];
  const material = materialOfBundle(fields);
  if (isFields(envelope)) {
    return { envelope: envelopeOf(envelope, what), ...(material === undefined ? {} : { material }) };
  }
  throw attestationRefused("bundle-content", what, {
    fr: "ce bundle ne contient pas d'enveloppe DSSE",
    en: "this bundle holds no DSSE envelope",
  });
}

export interface BundleBlob {
  readonly digest: string;
  readonly size: number;
}

/** Manifest that attaches a bundle to its subject, as cosign writes it. */
export function bundleManifest(
  subject: SubjectDescriptor,
  { digest, size }: BundleBlob,
  predicateType: string,
  created: Date,
): Buffer {
  return artifactManifest({
    artifactType: BUNDLE_TYPE,
    layer: { mediaType: BUNDLE_TYPE, digest, size },
    subject,
    annotations: {
      "dev.sigstore.bundle.content": "dsse-envelope",
      "dev.sigstore.bundle.predicateType": predicateType,
      "org.opencontainers.image.created": created.toISOString().replace(/\.\d+Z$/, "Z"),
    },
  });
}
