import type {
  AttestationCheck,
  AttestationCheckId,
  AttestationFacts,
  IgnoredAttestation,
} from "../../contract/attestation-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { RuleId } from "../../contract/rows.ts";
import type { Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";

/** Maximum number of statements that do not count, named in one report. */
const LISTED = 10;

/**
 * Outcome of a rule about one check of the image's attestations. The check was judged with the whole set,
 * since a scan counts only for the build that a provenance names.
 */
export function attestedOutcome(rule: RuleId, id: AttestationCheckId, facts: AttestationFacts): Outcome {
  if ("unread" in facts) return unproven(facts.unread);
  const check = facts.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  const ignored = check.ignored.slice(0, LISTED).map((one) => finding(rule, check, one));
  if (check.answer === "n/a") return { status: "n/a", reason: check.text };
  if (check.answer === "yes") {
    const { until } = check;
    const ends = until === undefined ? {} : { until };
    return { status: "pass", proof: proofOf(check), ...ends, notes: ignored };
  }
  if (check.answer === "unproven") return unproven(reasonOf(check));
  const [first = none(rule, check), ...rest] = ignored;
  return { status: "fail", findings: [first, ...rest] };
}

function unproven(reason: Text): Outcome {
  return { status: "unproven", reason, settle: SETTLE };
}

function proofOf({ text, by }: AttestationCheck): Text {
  if (by === undefined) return text;
  return { fr: `${text.fr} (attestation ${by})`, en: `${text.en} (attestation ${by})` };
}

function reasonOf({ text, ignored: [first] }: AttestationCheck): Text {
  if (first === undefined) return text;
  return { fr: `${text.fr} : ${first.text.fr}`, en: `${text.en}: ${first.text.en}` };
}

function finding(
  rule: RuleId,
  { text }: AttestationCheck,
  { name, code, text: why }: IgnoredAttestation,
): Finding {
  return {
    message: { fr: `${text.fr} : ${why.fr} (${name})`, en: `${text.en}: ${why.en} (${name})` },
    fingerprint: fingerprint(rule, code, name),
  };
}

function none(rule: RuleId, { text }: AttestationCheck): Finding {
  return { message: text, fingerprint: fingerprint(rule, "none") };
}

const SETTLE: Text = {
  fr: "Voir « douane verify IMAGE --policy FICHIER --explain ».",
  en: "See `douane verify IMAGE --policy FILE --explain`.",
};
