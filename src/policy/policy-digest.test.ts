import { expect, test } from "vitest";
import { policyDigest } from "./policy-digest.ts";

const POLICY = {
  enforceFuture: true,
  bases: ["registry.example/a", "registry.example/b"],
  platform: "linux/amd64",
};

test("the order of keys changes nothing", () => {
  const { enforceFuture, ...others } = POLICY;
  expect(policyDigest({ ...others, enforceFuture })).toBe(policyDigest(POLICY));
});

test.each([
  ["a value", { ...POLICY, enforceFuture: false }],
  ["the order of a list", { ...POLICY, bases: POLICY.bases.toReversed() }],
  ["a key less", { enforceFuture: true, bases: POLICY.bases }],
  ["nothing", {}],
])("%s gives another digest", (_, policy) => {
  expect(policyDigest(policy)).not.toBe(policyDigest(POLICY));
});
