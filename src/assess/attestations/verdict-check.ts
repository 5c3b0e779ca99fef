import { ageProblem } from "../../attest/policy/age.ts";
import { type Ignored, ignored, separate } from "../../attest/policy/ignored.ts";
import { countedSigners, type SignedStatement } from "../../attest/policy/signers.ts";
import {
  statedVerdict,
  VERDICT_DAYS,
  VERDICT_TYPE,
  type VerdictBinding,
} from "../../attest/predicates/verdict.ts";
import type { AttestationCheck } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Text } from "../../contract/text.ts";

/** Verdicts among an image's statements, each once. */
export function verdictsIn(statements: readonly SignedStatement[]): readonly SignedStatement[] {
  const verdicts = statements.filter(({ statement }) => statement.predicateType === VERDICT_TYPE);
  return [...new Map(verdicts.map((one) => [one.name, one])).values()].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/**
 * Check that a signer whom the policy names for verdicts judged this image by this policy and these rules,
 * within VERDICT_DAYS. The check proves no row: all evidence is available here, and is judged anew.
 *
 * @param at time of judging, milliseconds since 1970
 */
export function verdictCheck(
  verdicts: readonly SignedStatement[],
  policy: AttestationPolicy,
  binding: VerdictBinding,
  at: number,
): AttestationCheck {
  const problems = verdicts.map((one) => verdictProblem(one, policy, binding, at));
  const { refused } = separate(
    verdicts.map((statement) => ({ statement })),
    problems,
  );
  const first = verdicts.find((_, index) => problems[index] === undefined);
  const check = { id: "verdict", ignored: refused } as const;
  if (first === undefined) return { ...check, answer: "no", text: NONE };
  const { at: time = "" } = statedVerdict(first.statement.predicate);
  const signers = first.signers.map(({ signer }) => signer).join(", ");
  return { ...check, answer: "yes", by: first.name, text: foundText(time, signers) };
}

function verdictProblem(
  one: SignedStatement,
  policy: AttestationPolicy,
  { imageId, platform, policy: ofPolicy, rules }: VerdictBinding,
  at: number,
): Ignored | undefined {
  const signers = countedSigners(one, policy.statements.verdict?.signers ?? [], policy, at);
  if ("code" in signers) return signers;
  const stated = statedVerdict(one.statement.predicate);
  if (stated.result !== "PASSED") return FAILED;
  if (stated.imageId !== imageId || stated.platform !== platform) return OTHER_IMAGE;
  if (stated.policy !== ofPolicy) return OTHER_POLICY;
  if (stated.rules !== rules) return OTHER_RULES;
  return ageProblem(stated.at, VERDICT_DAYS, at);
}

function foundText(time: string, signers: string): Text {
  return {
    fr: `jugée conforme le ${time} par la même politique et les mêmes règles, pour ce qui ne dépend que de l'image (${signers})`,
    en: `found conforming on ${time} by the same policy and rules, in what depends on the image alone (${signers})`,
  };
}

const NONE: Text = { fr: "aucun verdict qui compte", en: "no verdict that counts" };
const FAILED = ignored("verdict-failed", {
  fr: "le verdict est un refus",
  en: "the verdict is a refusal",
});
const OTHER_IMAGE = ignored("verdict-other-image", {
  fr: "le verdict porte sur une autre image ou une autre plateforme",
  en: "the verdict is about another image or platform",
});
const OTHER_POLICY = ignored("verdict-other-policy", {
  fr: "le verdict a été rendu par une autre politique",
  en: "the verdict was reached by another policy",
});
const OTHER_RULES = ignored("verdict-other-rules", {
  fr: "le verdict a été rendu par d'autres règles, ou une autre version de douane",
  en: "the verdict was reached by other rules, or another version of douane",
});
