import { expect, test } from "vitest";
import { attestationFacts } from "../../../test/fixtures/attestation-facts.ts";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { secretScan } from "./2.3-secret-scan.ts";

test.each([
  ["yes", "pass"],
  ["no", "fail"],
  ["unproven", "unproven"],
  ["n/a", "n/a"],
] as const)("its check is %s: %s, whatever the others are", (answer, status) => {
  const others = answer === "yes" ? "no" : "yes";
  const attestations = attestationFacts({ secrets: answer }, others);
  expect(checkRule(secretScan, { attestations }).status).toBe(status);
});
