// The platform's rules about attestations: the signers that count for each kind.

import type { CertificateAuthority, SignerIdentity } from "./certificate-policy.ts";

/** Rows that rest on attestations alone. */
export const ATTESTED_ROWS = ["provenance", "scans"] as const;
export type AttestedRow = (typeof ATTESTED_ROWS)[number];

/** Public key of a signer, with the days on which its signatures count. */
export interface SignerKey {
  /** PEM. */
  readonly pem?: string;
  /** File with the PEM, instead of `pem`; read when the policy is loaded. */
  readonly file?: string;
  /** First and last day, `YYYY-MM-DD` (UTC), on which judging counts signatures of the key. */
  readonly notBefore?: string;
  readonly notAfter?: string;
}

/** A party that the platform trusts to sign, by key or by certificate: a notary, a vault, a team's pipeline. */
interface TrustedSigner {
  readonly id: string;
  readonly keys?: readonly SignerKey[];
  readonly identities?: readonly SignerIdentity[];
}

/** Revoked key of a signer or of a certificate: its signatures no longer count, whatever time they claim. */
export interface RevokedKey {
  /** Base64 of the SHA-256 of the public key's SPKI. */
  readonly id: string;
  /** Time from which signatures of the key no longer count: `YYYY-MM-DD` or RFC 3339. */
  readonly from: string;
  readonly reason: string;
}

export const BUILD_LEVELS = [1, 2, 3] as const;
export type BuildLevel = (typeof BUILD_LEVELS)[number];

/** SLSA build level of a builder whose provenance this signer signs. */
export interface TrustedBuilder {
  readonly signer: string;
  /** `builder.id`, or its beginning followed by `*`: `https://gitlab.example/*`. */
  readonly id: string;
  readonly level: BuildLevel;
}

/** Image repositories that a source project may fill. */
export interface SourceApplication {
  /** URI of the project, or its beginning followed by `/*`: `https://gitlab.example/*`. */
  readonly source: string;
  /** Repositories with their registry; a `/*` stands for the same path as the `*` of `source`. */
  readonly repositories: readonly string[];
  /** Git references; a `*` at the end stands for any text. Absent: every reference. */
  readonly refs?: readonly string[];
}

/** Requirements on one kind of statement. */
interface StatementRequirement {
  /** Signers whose statements count; empty: no statement counts. */
  readonly signers: readonly string[];
  /** Maximum number of days since the build or the scan. */
  readonly maximumAgeDays?: number;
}

export interface ProvenanceRequirement extends StatementRequirement {
  /** Lowest build level; default: 1. */
  readonly minimumLevel?: BuildLevel;
}

export const SOURCE_LEVELS = [1, 2, 3, 4] as const;
type SourceLevel = (typeof SOURCE_LEVELS)[number];

/** Requirement on the verification of the source: its signers have examined the commit's history. */
export interface SourceRequirement extends StatementRequirement {
  /** Lowest source level; default: 1. */
  readonly minimumLevel?: SourceLevel;
}

export interface ScanRequirement extends StatementRequirement {
  /** Whether results based on statements of the job count; default: yes. */
  readonly asserted?: boolean;
}

export interface StaticScanRequirement extends ScanRequirement {
  /** Whether a search for secrets counts as static analysis; default: no. */
  readonly secretScans?: boolean;
}

export interface InjectionScanRequirement extends ScanRequirement {
  /** Tools known to look for injections, used for reports that do not list their rules. */
  readonly tools?: readonly string[];
}

export interface StatementRequirements {
  readonly provenance?: ProvenanceRequirement;
  /** Verification summaries of the built commit (SLSA source track). Absent: none is required. */
  readonly source?: SourceRequirement;
  readonly sast?: StaticScanRequirement;
  /** Default: as `sast`. */
  readonly injections?: InjectionScanRequirement;
  readonly dast?: ScanRequirement;
  /** Absent: no search for secrets is required. */
  readonly secrets?: ScanRequirement;
  /** SBOMs that count as the image's own (row 14). */
  readonly sbom?: Pick<StatementRequirement, "signers">;
  /** OpenVEX documents that lift vulnerabilities of the image (row 14). */
  readonly vex?: StatementRequirement;
  /** Attested trials, which count like those of evidence files. */
  readonly trial?: Pick<StatementRequirement, "signers">;
  /** Verdicts (verification summaries), which `verify` shows. */
  readonly verdict?: Pick<StatementRequirement, "signers">;
}

/** Effect of a row: `enforce` refuses, `warn` only shows. */
interface RowEnforcement {
  readonly mode: "enforce" | "warn";
  /** First day on which the row is enforced, `YYYY-MM-DD` (UTC); until then it warns. */
  readonly from?: string;
}

/**
 * Section of the policy on attestations. If the section is present, signatures are required; no field of it
 * removes this requirement.
 */
export interface AttestationPolicy {
  readonly signers: readonly TrustedSigner[];
  /** Authorities whose certificates identify signers. */
  readonly authorities?: readonly CertificateAuthority[];
  readonly revokedKeys?: readonly RevokedKey[];
  readonly builders: readonly TrustedBuilder[];
  readonly applications: readonly SourceApplication[];
  /** Projects that scan images of repositories, but do not build images. */
  readonly scanners?: readonly SourceApplication[];
  readonly statements: StatementRequirements;
  /** Default of each row: enforced. */
  readonly rows?: Readonly<Partial<Record<AttestedRow, RowEnforcement>>>;
}
