import { DOCUMENT_CHECKS, type DocumentCheckId } from "../../contract/attestation-facts.ts";
import { TRIAL_TYPE } from "../predicates/trial.ts";

/** Predicate types by kind of document; a suffix behind `/` is a version. */
const TYPES: Readonly<Record<DocumentCheckId, readonly string[]>> = {
  sbom: ["https://cyclonedx.org/bom", "https://spdx.dev/Document"],
  vex: ["https://openvex.dev/ns"],
  trial: [TRIAL_TYPE],
};

export function isOfKind(kind: DocumentCheckId, type: string): boolean {
  return TYPES[kind].some((one) => type === one || type.startsWith(`${one}/`));
}

/** Whether a predicate type is that of a document, of any kind. */
export function isDocument(type: string): boolean {
  return DOCUMENT_CHECKS.some((kind) => isOfKind(kind, type));
}
