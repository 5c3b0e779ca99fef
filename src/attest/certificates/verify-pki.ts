import type { PkiAuthority } from "../../contract/certificate-policy.ts";
import { preAuthEncoding } from "../dsse/pae.ts";
import { isSignedBy } from "../keys/verify.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { findPath } from "../x509/chain.ts";
import { type Crl, parseCrls, type Revocation, revocationOf } from "../x509/crl.ts";
import { pemAuthorities } from "../x509/pem.ts";
import type { CertifiedEnvelope } from "./certified-envelope.ts";
import { NO_LIST, OTHER_SIGNATURE, type Refusal, UNFIT_AUTHORITY, UNTRUSTED } from "./refusal.ts";

/** Certificates and revocation lists of an organisation's authorities. */
export interface PkiTrust {
  readonly certificates: readonly Certificate[];
  /** Empty: revocations are not looked at. */
  readonly crls: readonly Crl[];
}

/** Times of a verified certificate, to be compared with the time of judging; milliseconds since 1970. */
export interface PkiValidity {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Absent where the policy lists no revocation list. */
  readonly revocation?: Revocation;
}

/**
 * Trust in an authority of the policy, whose files have been read.
 *
 * @throws UsageError authority-certificate-invalid, crl-invalid
 */
export function pkiTrust({ id, certificates, crls = [] }: PkiAuthority): PkiTrust {
  const name = `attestations.authorities: ${id}`;
  return {
    certificates: certificates.flatMap(({ pem = "", file = name }) => pemAuthorities(pem, file)),
    crls: crls.flatMap(({ pem = "", file = name }) => parseCrls(pem, file)),
  };
}

/**
 * Verifies a signature made with a certificate of an organisation: the key, and the path to an authority. Nothing
 * vouches for the time of such a signature, so that its validity is compared with the time of judging.
 */
export function verifyPki(
  { envelope, material, leaf }: CertifiedEnvelope,
  { certificates, crls }: PkiTrust,
): PkiValidity | Refusal {
  const found = findPath(leaf, material.others.flatMap(readable), certificates);
  if (found === undefined) return UNTRUSTED;
  if ("unfit" in found) return UNFIT_AUTHORITY;
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  if (!envelope.signatures.some((one) => isSignedBy(leaf, bytes, one.bytes))) return OTHER_SIGNATURE;
  const { path } = found;
  const validity = {
    notBefore: Math.max(...path.map(({ notBefore }) => notBefore)),
    notAfter: Math.min(...path.map(({ notAfter }) => notAfter)),
  };
  if (crls.length === 0) return validity;
  const revocation = revocationOf(path, crls);
  return revocation === undefined ? NO_LIST : { ...validity, revocation };
}

/** Certificates that a bundle carries beside the leaf prove nothing by themselves: an unreadable one is left out. */
function readable(der: Buffer): readonly Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch {
    return [];
  }
}
