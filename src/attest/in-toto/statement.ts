import type { Digest } from "../../contract/image-facts.ts";
import { type Fields, fieldsOf, objectAt, objectsAt, textAt } from "../../json/fields.ts";

// In-toto statements: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md

/** Media type of a layer that is a statement. */
export const STATEMENT_TYPE = "application/vnd.in-toto+json";

/** Type of the predicate of a SLSA provenance, in version 1. */
export const PROVENANCE_TYPE = "https://slsa.dev/provenance/v1";

/** Type of the predicate of a verification summary, of an image or of a source. */
export const SUMMARY_TYPE = "https://slsa.dev/verification_summary/v1";

/** Type of the predicate by which cosign 3 signs an image in a bundle. */
export const SIGN_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

/** Types of predicates that are SBOMs; a suffix behind `/` is a version. */
export const SBOM_TYPES = ["https://cyclonedx.org/bom", "https://spdx.dev/Document"];

/** Test of a predicate type: one of the given types, in any version. */
export function isOfType(type: string, types: readonly string[]): boolean {
  return types.some((one) => type === one || type.startsWith(`${one}/`));
}

/** Predicate of a statement of any version; for another document, the document itself. */
export function predicateOf(document: Fields): Fields {
  const isStatement = textAt(document, "_type")?.startsWith("https://in-toto.io/Statement/") === true;
  return isStatement ? objectAt(document, "predicate") : document;
}

/** SHA-256 digests of a statement's subjects; empty if the document has no list of them. */
export function subjectDigests(document: unknown): readonly Digest[] {
  return objectsAt(fieldsOf(document), "subject").flatMap(({ digest }) => {
    const hex = textAt(fieldsOf(digest), "sha256");
    return hex !== undefined && /^[0-9a-f]{64}$/.test(hex) ? [`sha256:${hex}` as const] : [];
  });
}

/** Git commits among a statement's subjects, as a verification summary of a source names them. */
export function subjectCommits(document: unknown): readonly string[] {
  return objectsAt(fieldsOf(document), "subject").flatMap(({ digest }) => {
    const commit = textAt(fieldsOf(digest), "gitCommit");
    return commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? [commit] : [];
  });
}
