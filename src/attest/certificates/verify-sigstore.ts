// The only module that loads Sigstore's libraries. Loading takes some 50 ms, and happens only if the policy
// has such an authority and a signature has such a certificate (ADR 0228).

import type { KeyObject } from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import { RFC3161Timestamp, X509Certificate } from "@sigstore/core";
import {
  type SignedEntity,
  type TrustMaterial,
  toSignedEntity,
  VerificationError,
  Verifier,
} from "@sigstore/verify";
import type { SignatureEvidence } from "../../contract/certificate-policy.ts";
import { type Envelope, formatEnvelope } from "../dsse/envelope.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { isSignedBy } from "../keys/verify.ts";
import type { Certificate } from "../x509/certificate.ts";
import { derTimeOf, parseDer } from "../x509/der.ts";
import type { CertifiedEnvelope } from "./certified-envelope.ts";
import { isLoggedBy, loggedContent } from "./logged-signatures.ts";
import type { CertificateMaterial } from "./material.ts";
import {
  DUPLICATE,
  expired,
  FOREIGN_CT_LOG,
  FOREIGN_LOG_ENTRY,
  FOREIGN_TIMESTAMP,
  INVALID,
  NO_LOG_ENTRY,
  NO_TIMESTAMP,
  NOT_LOGGED,
  notYetValid,
  OTHER_LOG_ENTRY,
  OTHER_SIGNATURE,
  type Refusal,
  UNTRUSTED,
} from "./refusal.ts";
import type { SigstoreRoot, TrustedChain, TrustedLog } from "./sigstore-root.ts";

/**
 * Verifies a signature made with a certificate of a Sigstore instance: chain, certificate log, time,
 * transparency log. The caller compares the identity in the certificate.
 *
 * @param required evidence without which no signature counts
 * @returns earliest time at which the signature is known to have existed, milliseconds since 1970; or the
 * refusal
 */
export function verifySigstore(
  { envelope, material, leaf }: CertifiedEnvelope,
  root: SigstoreRoot,
  required: readonly SignatureEvidence[],
): number | Refusal {
  try {
    const entity = entityOf(envelope, recognised(material, root), leaf);
    const missing = missingEvidence(entity, required);
    if (missing !== undefined) return missing;
    const times = timesOf(entity);
    try {
      new Verifier(trustMaterial(root), {
        ctlogThreshold: required.includes("ct") ? 1 : 0,
        tlogThreshold: required.includes("log") ? 1 : 0,
        timestampThreshold: 1,
      }).verify(entity);
    } catch (error) {
      return refusalOf(error, leaf, times);
    }
    // The library compares signature and payload with the entry, and not the key.
    const isOwn = entity.tlogEntries.every(({ canonicalizedBody }) =>
      isLoggedBy(loggedContent(canonicalizedBody), material.leaf),
    );
    if (!isOwn) return OTHER_LOG_ENTRY;
    return Math.min(...times);
  } catch {
    return INVALID;
  }
}

/**
 * Material without log entries if the root has no log, and without timestamps if the root has no timestamp
 * authority: evidence that cannot be verified is ignored, not refused.
 */
function recognised(material: CertificateMaterial, root: SigstoreRoot): CertificateMaterial {
  return {
    ...material,
    tlogEntries: root.logs.length === 0 ? [] : material.tlogEntries,
    timestamps: root.timestampAuthorities.length === 0 ? [] : material.timestamps,
  };
}

function entityOf(envelope: Envelope, material: CertificateMaterial, leaf: Certificate): SignedEntity {
  const bundle = bundleFromJSON({
    mediaType: material.mediaType,
    verificationMaterial: {
      certificate: { rawBytes: material.leaf.toString("base64") },
      tlogEntries: material.tlogEntries,
      timestampVerificationData: {
        rfc3161Timestamps: material.timestamps.map((signedTimestamp) => ({ signedTimestamp })),
      },
    },
    dsseEnvelope: JSON.parse(formatEnvelope(envelope)),
  });
  const entity = toSignedEntity(bundle);
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  return {
    ...entity,
    timestamps: entity.timestamps.map((one) =>
      one.$case === "timestamp-authority"
        ? { ...one, timestamp: new DatedTimestamp(one.timestamp.root, material.dated) }
        : one,
    ),
    // The library pairs every key with SHA-256; here P-384 signs with SHA-384, too.
    signature: {
      signature: entity.signature.signature,
      compareSignature: (signature) => entity.signature.compareSignature(signature),
      compareDigest: (digest) => entity.signature.compareDigest(digest),
      compareSignedDigest: (digest) => entity.signature.compareSignedDigest(digest),
      verifySignature: () => isSignedBy(leaf, bytes, entity.signature.signature),
    },
  };
}

/**
 * Timestamp of the bytes that its layout dates, by default the signature. Fractions of a second may have any
 * number of digits: RFC 3161 (section 2.4.2) omits trailing zeros, but the library reads only fractions of
 * three digits.
 */
class DatedTimestamp extends RFC3161Timestamp {
  readonly #dated: Uint8Array | undefined;

  constructor(root: RFC3161Timestamp["root"], dated: Uint8Array | undefined) {
    super(root);
    this.#dated = dated;
  }

  override verify(signature: Buffer, key: KeyObject): void {
    super.verify(this.#dated === undefined ? signature : Buffer.from(this.#dated), key);
  }

  override get signingTime(): Date {
    return new Date(derTimeOf(parseDer(this.tstInfo.root.subs[4]?.toDER() ?? Buffer.alloc(0))));
  }
}

function missingEvidence(entity: SignedEntity, required: readonly SignatureEvidence[]): Refusal | undefined {
  if (required.includes("log") && entity.tlogEntries.length === 0) return NO_LOG_ENTRY;
  const hasStamp = entity.timestamps.some(({ $case }) => $case === "timestamp-authority");
  if (required.includes("tsa") && !hasStamp) return NO_TIMESTAMP;
  return timesOf(entity).length === 0 ? NO_TIMESTAMP : undefined;
}

/** Times stated by verified evidence. A log entry counts only with its promise, which signs the time. */
function timesOf({ timestamps }: SignedEntity): readonly number[] {
  return timestamps.flatMap((one) => {
    if (one.$case === "timestamp-authority") return [one.timestamp.signingTime.getTime()];
    const { inclusionPromise, integratedTime } = one.tlogEntry;
    return inclusionPromise === undefined ? [] : [Number(integratedTime) * 1000];
  });
}

function trustMaterial(root: SigstoreRoot): TrustMaterial {
  return {
    certificateAuthorities: root.authorities.map(authorityOf),
    timestampAuthorities: root.timestampAuthorities.map(authorityOf),
    tlogs: root.logs.map(logOf),
    ctlogs: root.ctLogs.map(logOf),
    publicKey: () => {
      throw new Error("keys are verified elsewhere");
    },
  };
}

function authorityOf({ certificates, validFor }: TrustedChain) {
  return { certChain: certificates.map((der) => X509Certificate.parse(Buffer.from(der))), validFor };
}

function logOf({ logId, key, url, validFor }: TrustedLog) {
  return { logID: logId, publicKey: key, baseURL: url, validFor };
}

/**
 * @param times times of the evidence, possibly unverified: they only explain a refusal, and never cause one
 */
function refusalOf(error: unknown, { notBefore, notAfter }: Certificate, times: readonly number[]): Refusal {
  if (!(error instanceof VerificationError)) return INVALID;
  if (error.message.startsWith("duplicate ")) return DUPLICATE;
  switch (error.code) {
    case "TIMESTAMP_ERROR":
      return FOREIGN_TIMESTAMP;
    case "CERTIFICATE_ERROR":
      break;
    case "SIGNATURE_ERROR":
      return OTHER_SIGNATURE;
    case "TLOG_BODY_ERROR":
      return OTHER_LOG_ENTRY;
    default:
      return FOREIGN_LOG_ENTRY;
  }
  if (/^expected \d+ SCTs/.test(error.message)) return NOT_LOGGED;
  if (error.message === "SCT verification failed") return FOREIGN_CT_LOG;
  const [early, late] = [Math.min(...times), Math.max(...times)];
  if (early < notBefore) return notYetValid(early, notBefore);
  return late > notAfter ? expired(late, notAfter) : UNTRUSTED;
}
