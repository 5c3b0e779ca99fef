// Material beside a signature made with a certificate: VerificationMaterial of a bundle
// (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto), or annotations of cosign 2
// (https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md).

import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, isFields, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import { base64Bytes } from "../keys/base64.ts";

/** Verification material beside an envelope; not verified or parsed. */
export interface AttachedMaterial {
  /** Media type of the bundle; the version in it decides which proof of the log is required. */
  readonly mediaType: string;
  readonly fields: Fields;
  /** Bytes that the timestamps date, if other than the signature's: see materialOfAnnotations(). */
  readonly dated?: Uint8Array;
}

/** Material in the form that the verification needs. */
export interface CertificateMaterial {
  readonly mediaType: string;
  readonly leaf: Buffer;
  /** Further certificates of the bundle, in order; any of them may be unrelated. */
  readonly others: readonly Buffer[];
  /** Entries of transparency logs, as a bundle has them. */
  readonly tlogEntries: readonly Fields[];
  /** RFC 3161 timestamps, Base64 of the response. */
  readonly timestamps: readonly string[];
  /** Bytes that the timestamps date, if other than the signature's. */
  readonly dated?: Uint8Array;
}

/**
 * Bounds of the material of one signature; larger material is refused. Real bundles have a leaf, one entry,
 * one timestamp.
 */
const MOST = { certificates: 10, certificateBytes: 64 * 1024, entries: 8, timestamps: 8 };

/** Media type of bundles whose log entries have only a promise, as those of cosign 2. */
const V01 = "application/vnd.dev.sigstore.bundle+json;version=0.1";

/** Material of a bundle signed with a certificate; undefined for a bundle signed with a key. */
export function materialOfBundle(bundle: Fields): AttachedMaterial | undefined {
  const fields = objectAt(bundle, "verificationMaterial");
  const isCertified = isFields(fields["certificate"]) || isFields(fields["x509CertificateChain"]);
  return isCertified ? { mediaType: textAt(bundle, "mediaType") ?? "", fields } : undefined;
}

/**
 * Material in the annotations of a layer under cosign 2's tag; undefined if the layer was signed with a key.
 * Timestamps of cosign 2 date the whole envelope, including its signature.
 *
 * @param layer bytes of the envelope
 */
export function materialOfAnnotations(
  annotations: Readonly<Record<string, string>>,
  layer: Uint8Array,
): AttachedMaterial | undefined {
  const at = (name: string) => annotations[`dev.sigstore.cosign/${name}`] ?? "";
  const certificates = [at("certificate"), at("chain")].flatMap(pemBlocks);
  if (certificates.length === 0) return undefined;
  const timestamp = textAt(jsonOf(at("rfc3161timestamp")), "SignedRFC3161Timestamp");
  const entry = entryOf(jsonOf(at("bundle")));
  const fields = {
    x509CertificateChain: { certificates: certificates.map((rawBytes) => ({ rawBytes })) },
    tlogEntries: entry === undefined ? [] : [entry],
    timestampVerificationData: {
      rfc3161Timestamps: timestamp === undefined ? [] : [{ signedTimestamp: timestamp }],
    },
  };
  return { mediaType: V01, fields, dated: layer };
}

/** Material of the expected form and size; undefined otherwise. */
export function parseMaterial({
  mediaType,
  fields,
  dated,
}: AttachedMaterial): CertificateMaterial | undefined {
  const chain = objectsAt(objectAt(fields, "x509CertificateChain"), "certificates");
  const single = fields["certificate"];
  const [leaf, ...others] = (isFields(single) ? [single] : chain).map((one) => bytesAt(one, "rawBytes"));
  const tlogEntries = objectsAt(fields, "tlogEntries");
  const stamps = objectsAt(objectAt(fields, "timestampVerificationData"), "rfc3161Timestamps");
  const timestamps = stamps.map((one) => textAt(one, "signedTimestamp") ?? "");
  const isWithin =
    others.length < MOST.certificates &&
    tlogEntries.length <= MOST.entries &&
    timestamps.length <= MOST.timestamps;
  const known = others.filter((one) => one !== undefined);
  if (leaf === undefined || known.length < others.length || !isWithin) return undefined;
  const material = { mediaType, leaf, others: known, tlogEntries, timestamps };
  return dated === undefined ? material : { ...material, dated };
}

function bytesAt(fields: Fields, key: string): Buffer | undefined {
  const bytes = base64Bytes(textAt(fields, key) ?? "");
  return bytes === undefined || bytes.length > MOST.certificateBytes ? undefined : bytes;
}

/** Base64 of each certificate in a PEM text. */
function pemBlocks(pem: string): readonly string[] {
  const blocks = pem.split("-----BEGIN CERTIFICATE-----").slice(1);
  return blocks.map((block) => (block.split("-----END CERTIFICATE-----")[0] ?? "").replaceAll(/\s/g, ""));
}

/** cosign's annotation `bundle`, the answer of Rekor's API, as the entry of a bundle. */
function entryOf({ SignedEntryTimestamp: promise, Payload: payload }: Fields): Fields | undefined {
  const fields = fieldsOf(payload);
  const body = textAt(fields, "body");
  if (body === undefined || typeof promise !== "string") return undefined;
  const { kind, apiVersion } = jsonOf(Buffer.from(body, "base64").toString());
  return {
    logIndex: String(fields["logIndex"]),
    logId: { keyId: Buffer.from(textAt(fields, "logID") ?? "", "hex").toString("base64") },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(fields["integratedTime"]),
    inclusionPromise: { signedEntryTimestamp: promise },
    canonicalizedBody: body,
  };
}

function jsonOf(text: string): Fields {
  try {
    return fieldsOf(parseDocument(Buffer.from(text), "annotation"));
  } catch {
    return {};
  }
}
