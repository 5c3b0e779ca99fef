import { expect, test } from "vitest";
import { storedVerdict } from "../../../test/fixtures/admission-request.ts";
import type { Policy } from "../../policy/policy.ts";
import { asksForTrial, TRIAL_WORK, trialKey } from "./trial-work.ts";

const DIGEST = `sha256:${"1".repeat(64)}` as const;
const policy = (trial: readonly string[]): Policy => ({
  attestations: {
    signers: [],
    builders: [],
    applications: [],
    statements: trial.length === 0 ? {} : { trial: { signers: trial } },
  },
});
const unproven = (rows: Parameters<typeof storedVerdict>[0], admitted: "no" | "unproven" | "yes") => {
  const stored = storedVerdict(rows);
  return { ...stored, verdict: { ...stored.verdict, admitted } };
};

test("a trial is requested where only a trial can settle the verdict, and the policy counts somebody's", () => {
  const bindAll = { "bind-all": { answer: "unproven" } } as const;
  expect(asksForTrial(unproven(bindAll, "unproven"), policy(["trials"]))).toBe(true);
  expect(asksForTrial(unproven(bindAll, "unproven"), policy([]))).toBe(false);
  expect(asksForTrial(unproven(bindAll, "unproven"), {})).toBe(false);
  // A row that is refuted stays so, whatever a trial shows.
  expect(asksForTrial(unproven(bindAll, "no"), policy(["trials"]))).toBe(false);
  expect(asksForTrial(unproven(bindAll, "yes"), policy(["trials"]))).toBe(false);
  const scans = { scans: { answer: "unproven" } } as const;
  expect(asksForTrial(unproven(scans, "unproven"), policy(["trials"]))).toBe(false);
});

test("a subject has one trial, whatever the documents of its verdicts", () => {
  expect(trialKey({ digest: DIGEST })).toEqual({ subject: DIGEST, ...TRIAL_WORK });
  expect(TRIAL_WORK.policy).toMatch(/^sha256:[0-9a-f]{64}$/);
});
