import type { BuildLevel } from "./attestation-policy.ts";
import type { Digest } from "./image-facts.ts";
import type { Text } from "./text.ts";

/** Checks of the chain from an image to its source and scans, in the order in which they build on each other. */
export type AttestationCheckId =
  | "provenance"
  | "source"
  | "sast"
  | "injections"
  | "dast"
  | "secrets"
  /** Comparison with the image of another build; decides no row, and is part of row 13's proof. */
  | "rebuilt"
  /** Verdict by a signer of the policy; proves no row. */
  | "verdict"
  | DocumentCheckId;

/** Checks of documents; no row is decided by them alone. Present if the policy names signers for them. */
export const DOCUMENT_CHECKS = ["sbom", "vex", "trial"] as const;
export type DocumentCheckId = (typeof DOCUMENT_CHECKS)[number];

/** Days before the end of a proof or an acceptance from which reports announce the end. */
export const ENDING_DAYS = 14;

/** A statement that does not count for a check, and why. */
export interface IgnoredAttestation {
  /** Digest of the bundle or envelope; a tag or manifest that could not be read. */
  readonly name: string;
  /** Stable code, kebab-case: `key-revoked`, `other-commit`. */
  readonly code: string;
  readonly text: Text;
}

/** Answer to one check, with the attestations that decided it. */
export interface AttestationCheck {
  readonly id: AttestationCheckId;
  /** `n/a`: the policy does not require the check. */
  readonly answer: "yes" | "no" | "unproven" | "n/a";
  readonly text: Text;
  /** Attestation that decided; absent if none did. */
  readonly by?: Digest;
  /**
   * Last day (UTC, `YYYY-MM-DD`) on which the attestations of today answer `yes`, if there are at most
   * ENDING_DAYS until then.
   */
  readonly until?: string;
  /** Statements of this kind that do not count, sorted by name. */
  readonly ignored: readonly IgnoredAttestation[];
}

/** Judgement of an image's attestations by the platform's policy. */
export interface JudgedAttestations {
  /**
   * Every check once, in the order of AttestationCheckId. Checks of documents: only those that the policy
   * names. `rebuilt` and `verdict`: only in `verify`.
   */
  readonly checks: readonly AttestationCheck[];
  /** Level of the provenance that decided; absent if none did. */
  readonly level?: BuildLevel;
  /** Attestations that no check considers: not signed by a trusted key, about another image, unreadable. */
  readonly unverified: readonly IgnoredAttestation[];
}

/** Judged attestations of an image, or the reason why they could not be read. */
export type AttestationFacts = JudgedAttestations | { readonly unread: Text };
