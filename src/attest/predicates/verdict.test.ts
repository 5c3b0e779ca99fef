import { expect, test } from "vitest";
import { statedTrial, TRIAL_TYPE, trialPredicate } from "./trial.ts";
import { type ImageVerdict, statedVerdict, verdictPredicate } from "./verdict.ts";

const digest = (digit: string) => `sha256:${digit.repeat(64)}` as const;
const VERDICT: ImageVerdict = {
  imageId: digest("1"),
  platform: "linux/amd64",
  policy: digest("2"),
  rules: digest("3"),
  verifier: "https://douane.example.org",
  douane: "1.2.3",
  contract: "2",
  at: "2026-11-30T12:00:00.000Z",
  resource: "registry.example/app@sha256:aa",
  rows: [{ id: "1.1", answer: "yes" }],
  passed: true,
  level: 2,
  inputs: [digest("4"), digest("5")],
};

test("a verdict is a verification summary, with what the standard does not name beside it", () => {
  expect(verdictPredicate(VERDICT)).toEqual({
    type: "https://slsa.dev/verification_summary/v1",
    content: {
      verifier: { id: "https://douane.example.org", version: { douane: "1.2.3" } },
      timeVerified: "2026-11-30T12:00:00.000Z",
      resourceUri: "registry.example/app@sha256:aa",
      policy: { digest: { sha256: "2".repeat(64) } },
      inputAttestations: [{ digest: { sha256: "4".repeat(64) } }, { digest: { sha256: "5".repeat(64) } }],
      verificationResult: "PASSED",
      verifiedLevels: ["SLSA_BUILD_LEVEL_2"],
      slsaVersion: "1.2",
      "urn:douane:verdict:v1": {
        contract: "2",
        imageId: digest("1"),
        platform: "linux/amd64",
        rules: { digest: { sha256: "3".repeat(64) } },
        expires: "2026-12-07T12:00:00.000Z",
        rows: [{ id: "1.1", answer: "yes" }],
      },
    },
  });
});

test.each<[Partial<ImageVerdict>, string, string]>([
  [{ passed: true, level: 3 }, "PASSED", "SLSA_BUILD_LEVEL_3"],
  [{ passed: false, level: 3 }, "FAILED", "FAILED"],
])("%j: %s, %s", (changes, result, level) => {
  expect(verdictPredicate({ ...VERDICT, ...changes }).content).toMatchObject({
    verificationResult: result,
    verifiedLevels: [level],
  });
});

test("a verdict without a provenance that counts has no build level", () => {
  const { level: _, ...rest } = VERDICT;
  expect(verdictPredicate(rest).content).toMatchObject({ verifiedLevels: ["SLSA_BUILD_LEVEL_UNEVALUATED"] });
});

test("a statement gives back what binds the verdict, and nothing of another form", () => {
  expect(statedVerdict(verdictPredicate(VERDICT).content)).toEqual({
    imageId: digest("1"),
    platform: "linux/amd64",
    policy: digest("2"),
    rules: digest("3"),
    result: "PASSED",
    at: "2026-11-30T12:00:00.000Z",
  });
  expect(statedVerdict({})).toEqual({ policy: "sha256:", rules: "sha256:" });
  expect(statedVerdict({ imageId: digest("1"), platform: "linux/amd64" })).toEqual({
    policy: "sha256:",
    rules: "sha256:",
  });
});

test("a trial is stated as asserted, with its evidence as given", () => {
  const evidence = { trials: [{ a: 1 }] };
  expect(trialPredicate(evidence)).toEqual({
    type: "urn:douane:trial:v1",
    content: { asserted: true, evidence },
  });
  expect(TRIAL_TYPE).toBe("urn:douane:trial:v1");
  expect(statedTrial(trialPredicate(evidence).content)).toEqual(evidence);
  expect(statedTrial({ trials: [] })).toEqual({});
});
