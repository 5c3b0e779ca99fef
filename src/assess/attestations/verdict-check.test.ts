import { describe, expect, test } from "vitest";
import { AT, IMAGE, NOTARY, POLICY, stated, TEAM } from "../../../test/fixtures/attested.ts";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { type ImageVerdict, verdictPredicate } from "../../attest/predicates/verdict.ts";
import type { Fields } from "../../json/fields.ts";
import { verdictCheck, verdictsIn } from "./verdict-check.ts";

const POLICY_WITH = { ...POLICY, statements: { ...POLICY.statements, verdict: { signers: ["notary"] } } };
const BINDING = { imageId: digestOf(1), platform: "linux/amd64", policy: digestOf(2), rules: digestOf(3) };
const DAY = 24 * 3_600_000;

function verdict(changes: Partial<ImageVerdict> = {}): Fields {
  return verdictPredicate({
    ...BINDING,
    verifier: "urn:douane:verifier",
    douane: "0.1.0",
    contract: "2025-06",
    at: new Date(AT).toISOString(),
    resource: `registry.example/team/portal@${IMAGE}`,
    rows: [{ id: "non-root", answer: "yes" }],
    passed: true,
    level: 2,
    inputs: [],
    ...changes,
  }).content;
}

const TYPE = "https://slsa.dev/verification_summary/v1";

function judged(predicate: Fields, key = NOTARY, policy = POLICY_WITH) {
  const one = stated(TYPE, predicate, key, policy);
  const { answer, ignored } = verdictCheck(verdictsIn([one, one]), policy, BINDING, AT);
  return [answer, ...ignored.map(({ code }) => code)];
}

test("verdicts are the statements of their type, each once, by name", () => {
  const verdicts = [1, 2].map((digit) => stated(TYPE, verdict({ imageId: digestOf(digit) }), NOTARY));
  const other = stated("https://slsa.dev/provenance/v1", verdict(), NOTARY);
  const names = verdicts.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
  for (const all of [
    [...verdicts, other],
    [other, ...verdicts.toReversed(), ...verdicts],
  ]) {
    expect(verdictsIn(all).map(({ name }) => name)).toEqual(names);
  }
});

describe("a verdict", () => {
  test("by a signer of the policy counts, and names who judged when", () => {
    const one = stated(TYPE, verdict(), NOTARY, POLICY_WITH);
    expect(verdictCheck([one], POLICY_WITH, BINDING, AT)).toEqual({
      id: "verdict",
      answer: "yes",
      by: one.name,
      ignored: [],
      text: expect.objectContaining({ en: expect.stringContaining("2026-06-15T12:00:00.000Z") }),
    });
  });

  test.each<[string, Partial<ImageVerdict>, string]>([
    ["that refused", { passed: false }, "verdict-failed"],
    ["on another image", { imageId: digestOf(9) }, "verdict-other-image"],
    ["on another platform", { platform: "linux/arm64" }, "verdict-other-image"],
    ["by another policy", { policy: digestOf(9) }, "verdict-other-policy"],
    ["by other rules", { rules: digestOf(9) }, "verdict-other-rules"],
    ["of eight days ago", { at: new Date(AT - 8 * DAY).toISOString() }, "too-old"],
    ["of tomorrow", { at: new Date(AT + DAY).toISOString() }, "future-date"],
  ])("%s does not", (_, changes, code) => {
    expect(judged(verdict(changes))).toEqual(["no", code]);
  });

  test("of six days ago does, whatever end it states", () => {
    const at = new Date(AT - 6 * DAY).toISOString();
    expect(judged(verdict({ at }))).toEqual(["yes"]);
    const extension = { ...(verdict()["urn:douane:verdict:v1"] as Fields), expires: "2099-01-01T00:00:00Z" };
    const old = verdict({ at: new Date(AT - 8 * DAY).toISOString() });
    expect(judged({ ...old, "urn:douane:verdict:v1": extension })).toEqual(["no", "too-old"]);
  });

  test.each<[string, Fields, string]>([
    ["without a date", { ...verdict(), timeVerified: undefined }, "undated"],
    ["of another program, without our fields", { verificationResult: "PASSED" }, "verdict-other-image"],
    ["without a result", { ...verdict(), verificationResult: undefined }, "verdict-failed"],
    ["without a policy", { ...verdict(), policy: {} }, "verdict-other-policy"],
  ])("%s does not", (_, predicate, code) => {
    expect(judged(predicate)).toEqual(["no", code]);
  });

  test("by one whom the policy does not let does not", () => {
    expect(judged(verdict(), TEAM)).toEqual(["no", "signer-not-allowed"]);
  });

  test("by anybody does not where the policy names nobody", () => {
    expect(judged(verdict(), NOTARY, { ...POLICY, statements: POLICY.statements as never })).toEqual([
      "no",
      "signer-not-allowed",
    ]);
  });
});
