import type { AttestationPolicy, SourceApplication } from "../../contract/attestation-policy.ts";
import {
  type CertificateSigner,
  type Certified,
  type JobClaims,
  jobClaims,
} from "../certificates/certificate-signer.ts";
import type { CertifiedEnvelope } from "../certificates/certified-envelope.ts";
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
import { verifyPki } from "../certificates/verify-pki.ts";
import type { verifySigstore } from "../certificates/verify-sigstore.ts";
import { mapsSource, matchesRef, matchesSubject } from "../names/policy-patterns.ts";
import type { FoundAttestation } from "../read/read-attachments.ts";
import { type Certificate, CODE_SIGNING, KEY_USAGE, parseCertificate } from "../x509/certificate.ts";
import { type TrustedAuthority, trustedAuthorities } from "./trusted-certificates.ts";

/** Context in which certificates are judged. */
interface CertificateTrust {
  readonly authorities: readonly TrustedAuthority[];
  /** Whether a project may fill the image's repository from a Git reference. */
  readonly mayFill: (claims: JobClaims) => boolean;
  /** Whether the policy maps a project to the image's repository, as its source or as one that scans it. */
  readonly isMapped: (claims: JobClaims) => boolean;
  /**
   * Verifies certificates of a Sigstore instance, by its libraries; absent if the policy has no such
   * instance.
   */
  readonly verifySigstore?: typeof verifySigstore;
}

/**
 * Signers of the policy identified by the certificates of attestations, separately for each attestation.
 *
 * @param repository repository of the image, with its registry
 */
export async function certificateSigners(
  attestations: readonly FoundAttestation[],
  policy: AttestationPolicy,
  repository: string | undefined,
): Promise<Certified> {
  const { applications, scanners = [] } = policy;
  const mapsTo = (one: SourceApplication, { source }: JobClaims) =>
    source !== undefined && repository !== undefined && mapsSource(one, source, repository);
  const mayFill: CertificateTrust["mayFill"] = (claims) =>
    applications.some(
      (one) =>
        mapsTo(one, claims) &&
        (one.refs === undefined || (claims.ref !== undefined && matchesRef(one.refs, claims.ref))),
    );
  const isMapped: CertificateTrust["isMapped"] = (claims) =>
    [...applications, ...scanners].some((one) => mapsTo(one, claims));
  const authorities = trustedAuthorities(policy);
  const libraries = authorities.some(({ kind }) => kind === "sigstore")
    ? { verifySigstore: (await import("../certificates/verify-sigstore.ts")).verifySigstore }
    : {};
  const trust = { authorities, mayFill, isMapped, ...libraries };
  return new Map(attestations.map((one) => [one.name, signersOf(one, trust)]));
}

function signersOf(
  { envelope, material: attached }: FoundAttestation,
  trust: CertificateTrust,
): readonly CertificateSigner[] | Refusal {
  const material = attached === undefined ? undefined : parseMaterial(attached);
  const leaf = material === undefined ? undefined : certificateOf(material.leaf);
  if (material === undefined || leaf === undefined) return INVALID;
  if (envelope.signatures.length !== 1) return SEVERAL_SIGNATURES;
  const unfit = leafProblem(leaf);
  if (unfit !== undefined) return unfit;
  const results = trust.authorities.map((one) => identified({ envelope, material, leaf }, one, trust));
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
  keyUsage,
  extendedUsage = [],
}: Certificate): Refusal | undefined {
  if (unknown.length > 0) return unknownCritical(unknown);
  const signs = keyUsage === undefined || keyUsage[KEY_USAGE.digitalSignature] === true;
  return isCa || !signs || !extendedUsage.includes(CODE_SIGNING) ? OTHER_USAGE : undefined;
}

/**
 * Signers of one authority that the certificate identifies. An identity that ends in a wildcard stands for a
 * group of projects or references: each of them may sign only for the repositories that it may fill.
 */
function identified(
  signed: CertifiedEnvelope,
  authority: TrustedAuthority,
  { mayFill, isMapped, verifySigstore: verify }: CertificateTrust,
): readonly CertificateSigner[] | Refusal {
  const signedAt =
    authority.kind === "pki"
      ? verifyPki(signed, authority.trust)
      : (verify?.(signed, authority.root, authority.required) ?? UNTRUSTED);
  if (typeof signedAt !== "number" && "code" in signedAt) return signedAt;
  const { identities } = authority;
  const { id, names } = signed.leaf;
  const claims = claimsOf(signed.leaf);
  if (claims === undefined) return INVALID;
  const named = identities.filter(({ subject }) => names.some((name) => matchesSubject(subject, name)));
  if (named.length === 0) return otherSubject(names);
  // Only a Sigstore certificate names the issuer of a token, so the policy requires the issuer for Sigstore
  // only.
  const matching = named.filter(({ issuer }) => authority.kind === "pki" || issuer === claims.issuer);
  if (matching.length === 0) return otherIssuer(claims.issuer);
  const own = matching.filter(({ subject }) =>
    subject.endsWith("*") ? mayFill(claims) : isOwnPipeline(subject, claims) || isMapped(claims),
  );
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

/**
 * Whether the project that ran the pipeline is the project whose pipeline file the subject names. Other projects may
 * use that file, by a setting or as a reusable workflow: only the source in their certificates differs.
 */
function isOwnPipeline(subject: string, { source }: JobClaims): boolean {
  return source === undefined || subject.startsWith(`${source}/`);
}

function claimsOf(leaf: Certificate): JobClaims | undefined {
  try {
    return jobClaims(leaf);
  } catch {
    return undefined;
  }
}
