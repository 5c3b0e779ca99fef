import { describe, expect, test } from "vitest";
import type { NodeTermFacts } from "../contract/pod-facts.ts";
import { mayRunOn, nodeArchitectures, type Scheduling } from "./node-affinity.ts";

const ARCH = "kubernetes.io/arch";

function terms(...nodeSelectorTerms: readonly NodeTermFacts[]): Scheduling {
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  };
}

function arch(operator: string, ...values: readonly string[]): NodeTermFacts {
  return { matchExpressions: [{ key: ARCH, operator, values }] };
}

const NAMED: NodeTermFacts = { matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }] };

describe("architectures of the nodes", () => {
  test.each<[string, Scheduling, readonly string[] | undefined]>([
    ["no selector", {}, undefined],
    ["a selector of other labels", { nodeSelector: { disktype: "ssd" } }, undefined],
    ["a selector of the operating system", { nodeSelector: { "kubernetes.io/os": "linux" } }, undefined],
    ["a name that looks alike", { nodeSelector: { "example.org/arch": "arm64" } }, undefined],
    ["a name of every object", { nodeSelector: { constructor: "arm64" } }, undefined],
    ["one architecture", { nodeSelector: { [ARCH]: "arm64" } }, ["arm64"]],
    ["the older label", { nodeSelector: { "beta.kubernetes.io/arch": "arm64" } }, ["arm64"]],
    ["an unknown architecture", { nodeSelector: { [ARCH]: "ARM64" } }, []],
    ["both labels, at odds", { nodeSelector: { [ARCH]: "arm64", "beta.kubernetes.io/arch": "amd64" } }, []],
    ["Windows", { nodeSelector: { "kubernetes.io/os": "windows" } }, []],
    ["In", terms(arch("In", "arm64")), ["arm64"]],
    ["In, of two", terms(arch("In", "arm64", "amd64")), ["amd64", "arm64"]],
    [
      "NotIn",
      terms(arch("NotIn", "386", "arm", "loong64", "mips64le", "ppc64le", "riscv64")),
      ["amd64", "arm64", "s390x"],
    ],
    ["Exists", terms(arch("Exists")), undefined],
    ["DoesNotExist, of a label that each node has", terms(arch("DoesNotExist")), []],
    ["Gt, of a label that is no number", terms(arch("Gt", "1")), []],
    ["one of two alternatives", terms(arch("In", "arm64"), arch("In", "amd64")), ["amd64", "arm64"]],
    ["an alternative without conditions", terms({}, arch("In", "arm64")), ["arm64"]],
    ["an alternative by a node's name", terms(NAMED, arch("In", "arm64")), undefined],
    ["a node's name, and an architecture", terms({ ...NAMED, ...arch("In", "arm64") }), ["arm64"]],
    ["a condition without a key", terms({ matchExpressions: [{ operator: "Exists" }] }), undefined],
    ["no alternative", terms(), []],
    ["a required affinity without alternatives' list", { affinity: { nodeAffinity: {} } }, undefined],
    ["selector and affinity", { nodeSelector: { [ARCH]: "arm64" }, ...terms(arch("In", "amd64")) }, []],
  ])("%s", (_, scheduling, expected) => {
    expect(nodeArchitectures(scheduling)).toEqual(expected);
  });
});

test.each<[string, boolean]>([
  ["linux/arm64", true],
  ["linux/arm64/v8", true],
  ["linux/amd64", false],
  ["windows/arm64", true],
  ["", false],
])("a pod of arm64 nodes may run on %s: %s", (platform, expected) => {
  expect(mayRunOn({ nodeSelector: { [ARCH]: "arm64" } }, platform)).toBe(expected);
});
