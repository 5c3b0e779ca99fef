import { describe, expect, test } from "vitest";
import { minorOf, NEWEST_MINOR } from "../../policy/kubernetes-version.ts";
import { policyVersion } from "../../rules/manifest/fields/pod-security-version.ts";
import { parseKubernetes } from "./kubernetes.ts";

describe("a version of Kubernetes", () => {
  test.each([
    ["1.29", 29],
    ["v1.29", 29],
    ["1.29.3", 29],
    ["1.19", 19],
    ["1.99", 99],
  ])("%s", (version, minor) => {
    expect(parseKubernetes(version)).toBe(minor);
  });

  test.each([
    "",
    "1",
    "29",
    "1.3",
    "1.030",
    "1.18",
    "2.29",
    "1.29-gke",
    "1.1000",
    "latest",
    "1.29.3.4",
    " 1.29",
  ])("%j is none", (version) => {
    expect(minorOf(version)).toBeUndefined();
    expect(() => parseKubernetes(version)).toThrow("for example 1.29");
  });
});

test("the default is the newest that the rules know", () => {
  expect(policyVersion({ minor: NEWEST_MINOR })).toBe(`1.${NEWEST_MINOR}`);
  expect(policyVersion({ minor: NEWEST_MINOR + 1 })).toBe(`1.${NEWEST_MINOR}`);
});
