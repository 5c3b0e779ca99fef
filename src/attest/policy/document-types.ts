import type { DocumentCheckId } from "../../contract/attestation-facts.ts";
import { isOfType, SBOM_TYPES } from "../in-toto/statement.ts";
import { TRIAL_TYPE } from "../predicates/trial.ts";

/** Predicate types by kind of document, see isOfType(). */
const TYPES: Readonly<Record<DocumentCheckId, readonly string[]>> = {
  sbom: SBOM_TYPES,
  vex: ["https://openvex.dev/ns"],
  trial: [TRIAL_TYPE],
};

export function isOfKind(kind: DocumentCheckId, type: string): boolean {
  return isOfType(type, TYPES[kind]);
}
