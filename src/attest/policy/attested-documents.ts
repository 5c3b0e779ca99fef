import {
  type AttestationCheck,
  DOCUMENT_CHECKS,
  type DocumentCheckId,
  type IgnoredAttestation,
} from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, listAt, textAt } from "../../json/fields.ts";
import { isOfKind } from "./document-types.ts";
import { type Ignored, ignored, separate } from "./ignored.ts";
import { foreignProject, notaryProblem } from "./notary-problem.ts";
import { countedSigners, type SignedStatement } from "./signers.ts";

/** A document about the image, attested by a signer whom the policy allows to attest documents. */
export interface AttestedDocument {
  /** Digest of the bundle or envelope. */
  readonly name: Digest;
  readonly signer: string;
  /** Content as signed; its format is not checked. */
  readonly content: Fields;
  /** Text of a document that was signed as a string, see Statement; `content` is then empty. */
  readonly text?: string;
}

/** Documents of one kind that count, with the reasons why others do not. */
export interface CountedDocuments {
  readonly documents: readonly AttestedDocument[];
  readonly ignored: readonly IgnoredAttestation[];
}

/**
 * Documents of a kind that signers of the policy attested, sorted by name. A statement that the notary signed
 * for a merge request, an unprotected reference or a project of other repositories does not count.
 *
 * @param repository repository of the image, with its registry; absent for an image that is in no registry
 * @param at time in milliseconds since 1970
 */
export function attestedDocuments(
  statements: readonly SignedStatement[],
  kind: DocumentCheckId,
  policy: AttestationPolicy,
  repository: string | undefined,
  at: number,
): CountedDocuments {
  const allowed = policy.statements[kind]?.signers ?? [];
  const candidates = [...new Map(statements.map((one) => [one.name, one])).values()]
    .filter(({ statement }) => isOfKind(kind, statement.predicateType))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const results = candidates.map((one): AttestedDocument | Ignored => {
    const signers = countedSigners(one, allowed, policy, at);
    if ("code" in signers) return signers;
    const { predicate, predicateText: text } = one.statement;
    const problem =
      notaryProblem(predicate) ??
      foreignProject(predicate, policy, repository) ??
      formProblem(kind, predicate);
    if (problem !== undefined) return problem;
    return {
      name: one.name,
      signer: signers[0],
      content: predicate,
      ...(text === undefined ? {} : { text }),
    };
  });
  const problems = results.map((one) => ("code" in one ? one : undefined));
  const named = candidates.map((statement) => ({ statement }));
  return {
    documents: results.flatMap((one) => ("code" in one ? [] : [one])),
    ignored: separate(named, problems).refused,
  };
}

/** Reason why a VEX document is not read. The form of other documents is judged with the image's content. */
function formProblem(kind: DocumentCheckId, content: Fields): Ignored | undefined {
  if (kind !== "vex") return undefined;
  if (textAt(content, "@context")?.startsWith("https://openvex.dev/ns") !== true) return NOT_OPENVEX;
  const count = listAt(content, "statements").length;
  if (count <= LIMITS.vexStatements) return undefined;
  return ignored("vex-unreadable", {
    fr: `${count} déclarations VEX, la limite est de ${LIMITS.vexStatements} (vexStatements)`,
    en: `${count} VEX statements, the limit is ${LIMITS.vexStatements} (vexStatements)`,
  });
}

const NOT_OPENVEX = ignored("vex-unreadable", {
  fr: "le document n'est pas de l'OpenVEX : son @context est autre",
  en: "the document is not OpenVEX: its @context differs",
});

/**
 * Checks of the kinds of documents for which the policy names signers, and of attached documents of other
 * kinds.
 */
export function documentChecks(
  statements: readonly SignedStatement[],
  policy: AttestationPolicy,
  repository: string | undefined,
  at: number,
): readonly AttestationCheck[] {
  return DOCUMENT_CHECKS.flatMap((id): readonly AttestationCheck[] => {
    const { documents, ignored } = attestedDocuments(statements, id, policy, repository, at);
    if (policy.statements[id] === undefined)
      return ignored.length === 0 ? [] : [{ id, answer: "n/a", text: NOBODY[id], ignored: [] }];
    const [first] = documents;
    if (first === undefined) return [{ id, answer: "no", text: NONE[id], ignored }];
    return [{ id, answer: "yes", text: foundText(id, documents), by: first.name, ignored }];
  });
}

function foundText(id: DocumentCheckId, documents: readonly AttestedDocument[]): Text {
  const signers = [...new Set(documents.map(({ signer }) => excerpt(signer)))].toSorted().join(", ");
  return {
    fr: `${NAMES[id].fr} : ${documents.length}, signature de ${signers}`,
    en: `${NAMES[id].en}: ${documents.length}, signed by ${signers}`,
  };
}

const NAMES: Readonly<Record<DocumentCheckId, Text>> = {
  sbom: { fr: "SBOM attestés", en: "attested SBOMs" },
  vex: { fr: "documents OpenVEX attestés", en: "attested OpenVEX documents" },
  trial: { fr: "essais attestés", en: "attested trials" },
};
const NOBODY: Readonly<Record<DocumentCheckId, Text>> = {
  sbom: {
    fr: "présents, et sans effet : la politique ne nomme aucun signataire de SBOM",
    en: "present, and without effect: the policy names no signer of SBOMs",
  },
  vex: {
    fr: "présents, et sans effet : la politique ne nomme aucun signataire de documents OpenVEX",
    en: "present, and without effect: the policy names no signer of OpenVEX documents",
  },
  trial: {
    fr: "présents, et sans effet : la politique ne nomme aucun signataire d'essais",
    en: "present, and without effect: the policy names no signer of trials",
  },
};
const NONE: Readonly<Record<DocumentCheckId, Text>> = {
  sbom: { fr: "aucune attestation de SBOM qui compte", en: "no attestation of an SBOM that counts" },
  vex: {
    fr: "aucune attestation OpenVEX qui compte",
    en: "no attestation of an OpenVEX document that counts",
  },
  trial: { fr: "aucune attestation d'essai qui compte", en: "no attestation of a trial that counts" },
};
