import { expect, test } from "vitest";
import { policyVersion } from "./pod-security-version.ts";

test.each([
  [24, "1.24"],
  [37, "1.37"],
  [38, "1.37"],
  [99, "1.37"],
])("a cluster of 1.%i is judged by policy %s", (minor, version) => {
  expect(policyVersion({ minor })).toBe(version);
});
