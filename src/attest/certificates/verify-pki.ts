import type { PkiAuthority } from "../../contract/certificate-policy.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { isSignedBy } from "../keys/verify.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { findPath } from "../x509/chain.ts";
import {
  type ArchivedRevocation,
  archivedRevocation,
  type Crl,
  parseCrls,
  type Revocation,
  revocationOf,
} from "../x509/crl.ts";
import { pemAuthorities } from "../x509/pem.ts";
import { timestampTime } from "../x509/verify-timestamp.ts";
import type { CertifiedEnvelope } from "./certified-envelope.ts";
import {
  FOREIGN_TIMESTAMP,
  NO_LIST,
  NO_TIMESTAMP,
  OTHER_SIGNATURE,
  type Refusal,
  UNFIT_AUTHORITY,
  UNTRUSTED,
} from "./refusal.ts";

/** Certificates and revocation lists of an organisation's authorities. */
export interface PkiTrust {
  readonly certificates: readonly Certificate[];
  /** Revocation lists; if empty, revocations are not checked. */
  readonly crls: readonly Crl[];
  /** Certificates of timestamp authorities; if empty, no signature has a trusted time. */
  readonly timestampAuthorities: readonly Certificate[];
  /** Whether a signature without a timestamp is refused. */
  readonly isStampRequired: boolean;
}

/** Times of a verified certificate, to be compared with the time of judging; milliseconds since 1970. */
export interface PkiValidity {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Revocations at the time of judging; absent if the policy lists no revocation list. */
  readonly revocationAt?: (at: number) => Revocation;
  /** Earliest timestamp from an authority of the policy; validity is then compared with this time. */
  readonly stamp?: {
    readonly time: number;
    /** Absent if the policy lists no revocation list. */
    readonly archive?: ArchivedRevocation;
  };
}

/**
 * Trust in an authority of the policy, whose files have been read.
 *
 * @throws UsageError authority-certificate-invalid, crl-invalid
 */
export function pkiTrust({
  id,
  certificates,
  crls = [],
  timestampAuthorities = [],
  require = [],
}: PkiAuthority): PkiTrust {
  const name = `attestations.authorities: ${id}`;
  return {
    certificates: certificates.flatMap(({ pem = "", file = name }) => pemAuthorities(pem, file)),
    crls: crls.flatMap(({ pem = "", file = name }) => parseCrls(pem, file)),
    timestampAuthorities: timestampAuthorities.flatMap(({ pem = "", file = name }) =>
      pemAuthorities(pem, file),
    ),
    isStampRequired: require.includes("tsa"),
  };
}

/**
 * Verifies a signature made with a certificate of an organisation: the key, and the path to an authority. If
 * no timestamp proves the time of signing, the validity is compared with the time of judging.
 */
export function verifyPki(signed: CertifiedEnvelope, trust: PkiTrust): PkiValidity | Refusal {
  const { envelope, material, leaf } = signed;
  const { certificates, crls } = trust;
  const found = findPath(leaf, material.others.flatMap(readable), certificates);
  if (found === undefined) return UNTRUSTED;
  if ("unfit" in found) return UNFIT_AUTHORITY;
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  if (!envelope.signatures.some((one) => isSignedBy(leaf, bytes, one.bytes))) return OTHER_SIGNATURE;
  const { path } = found;
  const time = stampTime(signed, trust);
  if (time === undefined && trust.isStampRequired)
    return material.timestamps.length === 0 ? NO_TIMESTAMP : FOREIGN_TIMESTAMP;
  const validity = {
    notBefore: Math.max(...path.map(({ notBefore }) => notBefore)),
    notAfter: Math.min(...path.map(({ notAfter }) => notAfter)),
  };
  if (crls.length === 0) return { ...validity, ...(time === undefined ? {} : { stamp: { time } }) };
  const revocationAt = revocationOf(path, crls);
  if (revocationAt === undefined) return NO_LIST;
  const stamp = time === undefined ? {} : { stamp: { time, archive: archivedRevocation(path, crls, time) } };
  return { ...validity, revocationAt, ...stamp };
}

/** Earliest timestamp by an authority of the policy; timestamps of other authorities are ignored. */
function stampTime(
  { envelope, material }: CertifiedEnvelope,
  { timestampAuthorities }: PkiTrust,
): number | undefined {
  const dated = material.dated ?? envelope.signatures[0]?.bytes;
  if (timestampAuthorities.length === 0 || dated === undefined) return undefined;
  const times = material.timestamps.flatMap(
    (one) => timestampTime(Buffer.from(one, "base64"), dated, timestampAuthorities) ?? [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Certificates of a bundle beside the leaf prove nothing by themselves, so an unreadable certificate is
 * ignored.
 */
function readable(der: Buffer): readonly Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch {
    return [];
  }
}
