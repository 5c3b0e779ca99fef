import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { NodeTermFacts, PodSpecFacts } from "../../contract/pod-facts.ts";
import { nodePlatform } from "./1.1-node-platform.ts";

function check(spec: Partial<PodSpecFacts>, platform = "linux/amd64") {
  return checkRule(nodePlatform, {
    workload: workloadFacts(spec),
    image: imageFacts({ facts: { platform } }),
  });
}

function terms(...nodeSelectorTerms: readonly NodeTermFacts[]): Partial<PodSpecFacts> {
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  };
}

const ARCH = "kubernetes.io/arch";

describe("the pods cannot run on a node of the judged image", () => {
  test.each<[string, Partial<PodSpecFacts>, string]>([
    ["nodeSelector", { nodeSelector: { [ARCH]: "arm64", disk: "ssd" } }, "(kubernetes.io/arch: arm64)"],
    ["Windows", { nodeSelector: { "kubernetes.io/os": "windows" } }, "(kubernetes.io/os: windows)"],
    [
      "nodeAffinity",
      terms({
        matchExpressions: [
          { key: ARCH, operator: "In", values: ["arm64", "arm"] },
          { key: "disk", operator: "Exists" },
        ],
      }),
      "(kubernetes.io/arch In arm64, arm)",
    ],
    [
      "no values",
      terms({ matchExpressions: [{ key: ARCH, operator: "DoesNotExist" }] }),
      "arch DoesNotExist)",
    ],
    ["no conditions", terms({}, { matchExpressions: [{ key: ARCH }, {}] }), "(kubernetes.io/arch)"],
    ["no alternatives", terms(), "(nodeAffinity)"],
  ])("%s", (_, spec, says) => {
    expect(check(spec)).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: { en: expect.stringContaining(says) },
    });
  });
});

describe("fine", () => {
  test.each<[string, Partial<PodSpecFacts>, string]>([
    ["no condition", {}, "linux/amd64"],
    ["the image's own platform", { nodeSelector: { [ARCH]: "arm64" } }, "linux/arm64/v8"],
    ["a condition on other labels", { nodeSelector: { disk: "ssd" } }, "linux/amd64"],
    ["an affinity that requires nothing", { affinity: {} }, "linux/amd64"],
  ])("%s", (_, spec, platform) => {
    expect(check(spec, platform)).toMatchObject({ status: "pass" });
  });
});
