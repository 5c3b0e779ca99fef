import { expect, test } from "vitest";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { policyVersion, windowsExemption } from "./policy-version.ts";

test.each([
  [24, "1.24"],
  [37, "1.37"],
  [38, "1.37"],
  [99, "1.37"],
])("a cluster of 1.%i is judged by policy %s", (minor, version) => {
  expect(policyVersion({ minor })).toBe(version);
});

test.each([
  ["windows", 24, undefined],
  ["windows", 25, "n/a"],
  ["windows", 37, "n/a"],
  ["linux", 37, undefined],
  ["Windows", 37, undefined],
  [undefined, 37, undefined],
])("os %s on 1.%i: %s", (name, minor, status) => {
  const workload = workloadFacts(name === undefined ? {} : { os: { name } });
  expect(windowsExemption(workload, { minor })?.status).toBe(status);
});
