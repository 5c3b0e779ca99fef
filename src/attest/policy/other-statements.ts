import {
  type AttestationCheck,
  DOCUMENT_CHECKS,
  type IgnoredAttestation,
} from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { PROVENANCE_TYPE, SIGN_PREDICATE, SUMMARY_TYPE } from "../in-toto/statement.ts";
import { isOfKind } from "./document-types.ts";
import { type Ignored, ignored } from "./ignored.ts";
import { statedScan } from "./scan.ts";
import type { SignedStatement } from "./signers.ts";
import { isProvenance } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";

/**
 * Statements by signers of the policy that no check names: another statement decided, the policy does not ask
 * for the kind, or no check reads the type. With the checks and the unverified attestations, every statement
 * beside an image is named.
 *
 * @param statements statements about the image, and summaries of sources
 * @param checks all checks of the image
 * @returns one entry per name, sorted by name
 */
export function otherStatements(
  statements: readonly SignedStatement[],
  checks: readonly AttestationCheck[],
  policy: AttestationPolicy,
): readonly IgnoredAttestation[] {
  const named = new Set(
    checks.flatMap(({ by = "", ignored: others }) => [by, ...others.map(({ name }) => name)]),
  );
  const others = [...new Map(statements.map((one) => [one.name, one])).values()].filter(
    ({ name }) => !named.has(name),
  );
  return others
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((one) => ({ name: one.name, ...reasonOf(one, checks, policy) }));
}

function reasonOf(
  { statement }: SignedStatement,
  checks: readonly AttestationCheck[],
  { statements: asked }: AttestationPolicy,
): Ignored {
  const { predicateType, commits, subjects } = statement;
  const answered = (id: AttestationCheck["id"]) =>
    checks.some((one) => one.id === id && one.answer === "yes");
  if (isProvenance(statement)) return COUNTS_TOO;
  const scan = statedScan(statement);
  if (scan !== undefined) {
    if (!SCAN_KINDS.some((kind) => kind === scan.kind)) return otherScan(scan.kind);
    return checks.some(({ id, answer }) => id === scan.kind && answer !== "n/a") ? COUNTS_TOO : NOT_ASKED;
  }
  if (predicateType === SUMMARY_TYPE && commits !== undefined && subjects.length === 0) {
    if (asked.source === undefined) return NOT_ASKED;
    return answered("source") ? COUNTS_TOO : NO_SOURCE;
  }
  if (predicateType === SUMMARY_TYPE) return COUNTS_TOO;
  const kind = DOCUMENT_CHECKS.find((one) => isOfKind(one, predicateType));
  if (kind !== undefined) return asked[kind] === undefined ? NOT_ASKED : COUNTS_TOO;
  return predicateType === SIGN_PREDICATE ? IMAGE_SIGNATURE : otherType(predicateType);
}

/** Kinds of scans that checks search for. */
const SCAN_KINDS = ["sast", "dast", "secrets"] as const;

const COUNTS_TOO = ignored("counts-too", {
  fr: "compte aussi ; une autre a décidé",
  en: "counts, too; another one decided",
});
const NOT_ASKED = ignored("not-asked", {
  fr: "la politique ne demande pas ce genre de déclaration, et n'en nomme aucun signataire",
  en: "the policy does not ask for this kind of statement, and names no signer for it",
});
const NO_SOURCE = ignored("no-provenance", {
  fr: "vérification d'une source, sans provenance admise de cette source",
  en: "verification of a source, without an accepted provenance of this source",
});
const IMAGE_SIGNATURE = ignored("image-signature", {
  fr: "signature de l'image elle-même, dont aucune ligne ne dépend",
  en: "signature of the image itself, on which no row rests",
});

function otherScan(kind: string): Ignored {
  if (kind === "unknown")
    return ignored("scan-unreadable", {
      fr: "résultat d'un autre outil, sans ce que « douane attest --scan » inscrit : rien ne dit ce qui a été analysé. Attester le rapport avec --scan",
      en: "result of another tool, without what `douane attest --scan` records: nothing says what was scanned. Attest the report with --scan",
    });
  const seen = quoted(statedValue(kind));
  return ignored("scan-kind", {
    fr: `genre d'analyse inconnu : ${seen} (sont lus : ${SCAN_KINDS.join(", ")})`,
    en: `unknown kind of scan: ${seen} (read: ${SCAN_KINDS.join(", ")})`,
  });
}

function otherType(type: string): Ignored {
  const seen = quoted(statedValue(type));
  const { fr, en } = /^https:\/\/slsa\.dev\/provenance\b/.test(type) ? PROVENANCE_READ : NOTHING_MORE;
  return ignored("predicate-type", {
    fr: `déclaration du type ${seen}, qu'aucun contrôle ne lit${fr}`,
    en: `statement of type ${seen}, which no check reads${en}`,
  });
}

const NOTHING_MORE: Text = { fr: "", en: "" };
const PROVENANCE_READ: Text = {
  fr: ` (est lue la provenance ${PROVENANCE_TYPE}, ou …/v0.2)`,
  en: ` (provenance is read as ${PROVENANCE_TYPE}, or …/v0.2)`,
};
