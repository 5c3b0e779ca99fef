import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import {
  type CertificateSigner,
  type Certified,
  type JobClaims,
  jobClaims,
} from "../certificates/certificate-signer.ts";
import { parseMaterial } from "../certificates/material.ts";
import {
  INVALID,
  OTHER_USAGE,
  otherIssuer,
  otherProject,
  otherSubject,
  type Refusal,
  SEVERAL_SIGNATURES,
  UNTRUSTED,
  unknownCritical,
} from "../certificates/refusal.ts";
import { type CertifiedEnvelope, verifySigstore } from "../certificates/verify-sigstore.ts";
import type { FoundAttestation } from "../read/read-attachments.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { mapsSource, matchesRef, matchesSubject } from "./names.ts";
import { type TrustedAuthority, trustedAuthorities } from "./trusted-certificates.ts";

/** Extended usage of certificates that sign code and attestations. */
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/** Context in which certificates are judged. */
interface CertificateTrust {
  readonly authorities: readonly TrustedAuthority[];
  /** Whether a project may fill the image's repository from a Git reference. */
  readonly mayFill: (claims: JobClaims) => boolean;
}

/**
 * Signers of the policy whom the certificates of attestations identify, each attestation by itself.
 *
 * @param repository of the image, with its registry
 */
export function certificateSigners(
  attestations: readonly FoundAttestation[],
  policy: AttestationPolicy,
  repository: string | undefined,
): Certified {
  const mayFill: CertificateTrust["mayFill"] = ({ source, ref }) =>
    source !== undefined &&
    repository !== undefined &&
    policy.applications.some(
      (one) =>
        mapsSource(one, source, repository) &&
        (one.refs === undefined || (ref !== undefined && matchesRef(one.refs, ref))),
    );
  const trust = { authorities: trustedAuthorities(policy), mayFill };
  return new Map(attestations.map((one) => [one.name, signersOf(one, trust)]));
}

function signersOf(
  { envelope, material: attached }: FoundAttestation,
  { authorities, mayFill }: CertificateTrust,
): readonly CertificateSigner[] | Refusal {
  const material = attached === undefined ? undefined : parseMaterial(attached);
  const leaf = material === undefined ? undefined : certificateOf(material.leaf);
  if (material === undefined || leaf === undefined) return INVALID;
  if (envelope.signatures.length !== 1) return SEVERAL_SIGNATURES;
  const unfit = leafProblem(leaf);
  if (unfit !== undefined) return unfit;
  const results = authorities.map((one) => identified({ envelope, material, leaf }, one, mayFill));
  const signers = results.flatMap((one) => ("code" in one ? [] : one));
  if (signers.length > 0) return signers;
  const refusals = results.flatMap((one) => ("code" in one ? [one] : []));
  return refusals.find(({ code }) => code !== UNTRUSTED.code) ?? UNTRUSTED;
}

function certificateOf(der: Buffer): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch {
    return undefined;
  }
}

function leafProblem({
  unknownCritical: unknown,
  isCa,
  extendedUsage = [],
}: Certificate): Refusal | undefined {
  if (unknown.length > 0) return unknownCritical(unknown);
  return isCa || !extendedUsage.includes(CODE_SIGNING) ? OTHER_USAGE : undefined;
}

/**
 * Signers of one authority that the certificate identifies. An identity that is open at its end stands for a group of
 * projects or references: each of them signs for the repositories that it may fill, and for no others.
 */
function identified(
  signed: CertifiedEnvelope,
  { root, required, identities }: TrustedAuthority,
  mayFill: CertificateTrust["mayFill"],
): readonly CertificateSigner[] | Refusal {
  const signedAt = verifySigstore(signed, root, required);
  if (typeof signedAt !== "number") return signedAt;
  const { id, names } = signed.leaf;
  const claims = claimsOf(signed.leaf);
  if (claims === undefined) return INVALID;
  const named = identities.filter(({ subject }) => names.some((name) => matchesSubject(subject, name)));
  if (named.length === 0) return otherSubject(names);
  const matching = named.filter(({ issuer }) => issuer === claims.issuer);
  if (matching.length === 0) return otherIssuer(claims.issuer);
  const own = matching.filter(({ subject }) => !subject.endsWith("*") || mayFill(claims));
  if (own.length === 0) return otherProject(claims);
  return own.map(({ signer, subject, notBefore, notAfter }) => ({
    kind: "certificate",
    signer,
    id,
    signedAt,
    claims,
    isExact: !subject.endsWith("*"),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
  }));
}

function claimsOf(leaf: Certificate): JobClaims | undefined {
  try {
    return jobClaims(leaf);
  } catch {
    return undefined;
  }
}
