import type {
  AttestationCheck,
  IgnoredAttestation,
  JudgedAttestations,
} from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Text } from "../../contract/text.ts";
import { documentChecks } from "./attested-documents.ts";
import { checkScan, type ScanContext, type ScanStatement } from "./check-scan.ts";
import { checkSource } from "./check-source.ts";
import type { Ignored } from "./ignored.ts";
import { type AcceptedProvenance, acceptedProvenance } from "./judge-provenance.ts";
import { statedScan } from "./scan.ts";
import { scanSearches } from "./scan-searches.ts";
import type { SignedStatement } from "./signers.ts";
import { isProvenance } from "./slsa-provenance.ts";
import { SourceVerifications } from "./source-verifications.ts";
import { statedValue } from "./stated-value.ts";

/** Image whose attestations are judged. */
export interface AttestedSubject {
  /** Registry and repository, without tag; absent for an image that is in no registry. */
  readonly repository?: string;
  /** Verification summaries of sources that lie beside the image. */
  readonly sources?: readonly SignedStatement[];
}

/**
 * Judges an image's verified attestations by the platform's policy. A pure function: order and duplicates
 * change no answer, and an additional statement makes no answer worse. A permanent objection to an image (a
 * revocation) therefore belongs in the policy, not in the registry.
 *
 * @param set statements about this image
 * @param at milliseconds since 1970
 */
export function judgeAttestations(
  set: readonly SignedStatement[],
  policy: AttestationPolicy,
  { repository, sources = [] }: AttestedSubject,
  at: number,
): Omit<JudgedAttestations, "unverified"> {
  // Statements with the same name are the same statement; sorting by name makes the answer independent of the
  // order.
  const statements = [...new Map(set.map((one) => [one.name, one])).values()].toSorted(byName);
  const provenance = checkProvenance(statements, policy, at);
  const verifications = new SourceVerifications(sources, policy, at);
  const source = checkSource(provenance.accepted, policy.applications, repository, verifications);
  const scans = statements.flatMap((statement): readonly ScanStatement[] => {
    const scan = statedScan(statement.statement);
    return scan === undefined ? [] : [{ statement, scan }];
  });
  const context: ScanContext = { policy, repository, provenances: source.provenances, at };
  const searched = scanSearches(policy.statements).map((one) =>
    "answer" in one ? one : checkScan(scans, one, context),
  );
  const best = source.provenances[0] ?? provenance.accepted[0];
  return {
    checks: [
      { ...provenance.check, ...(best === undefined ? {} : decidedBy(best)) },
      source.check,
      ...searched,
      ...documentChecks(statements, policy, repository, at),
    ],
    ...(best === undefined ? {} : { level: best.level }),
  };
}

function byName(a: SignedStatement, b: SignedStatement): number {
  return a.name < b.name ? -1 : 1;
}

interface ProvenanceCheck {
  readonly check: AttestationCheck;
  /** Highest level first; equal levels are sorted by name. */
  readonly accepted: readonly AcceptedProvenance[];
}

function checkProvenance(
  statements: readonly SignedStatement[],
  policy: AttestationPolicy,
  at: number,
): ProvenanceCheck {
  const results = statements
    .filter(({ statement }) => isProvenance(statement))
    .map((one) => ({ name: one.name, result: acceptedProvenance(one, policy, at) }));
  const accepted = results
    .flatMap(({ result }) => ("code" in result ? [] : [result]))
    .toSorted((a, b) => b.level - a.level);
  const refused = results.flatMap(({ name, result }) => ("code" in result ? [named(name, result)] : []));
  const answer = accepted.length === 0 ? "no" : "yes";
  const text = results.length === 0 ? NONE : NONE_COUNTS;
  return { check: { id: "provenance", answer, text, ignored: refused }, accepted };
}

/** Text of the check by the provenance on which the chain rests. */
function decidedBy(best: AcceptedProvenance): Pick<AttestationCheck, "text" | "by"> {
  return { text: provenanceText(best), by: best.statement.name };
}

function named(name: SignedStatement["name"], { code, text }: Ignored): IgnoredAttestation {
  return { name, code, text };
}

function provenanceText({ builder, invocation, level, signer, isAsserted }: AcceptedProvenance): Text {
  const [by, run] = [statedValue(builder), statedValue(invocation)];
  return {
    fr: `pipeline ${run}, builder ${by}, signée par ${signer}, niveau ${level}${isAsserted ? " (affirmée par le job)" : ""}`,
    en: `pipeline ${run}, builder ${by}, signed by ${signer}, level ${level}${isAsserted ? " (asserted by the job)" : ""}`,
  };
}

const NONE: Text = {
  fr: "aucune provenance signée par une clé reconnue",
  en: "no provenance signed by a trusted key",
};
const NONE_COUNTS: Text = { fr: "aucune provenance qui compte", en: "no provenance that counts" };
