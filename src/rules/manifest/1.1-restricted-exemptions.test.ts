import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RelatedEffect, RightsEffect } from "../../contract/related-facts.ts";
import { restrictedExemptions } from "./1.1-restricted-exemptions.ts";

function check(...effects: readonly RelatedEffect[]) {
  const related = effects.map((effect) => ({ kind: "X", name: "it", file: "x.yaml", line: 2, effect }));
  return restrictedExemptions.check({ workload: workloadFacts({ facts: { related } }) });
}

function bound(effect: Partial<RightsEffect>) {
  return check({ is: "rights", scope: "namespace", role: "Role/own", ...effect });
}

function use(resourceNames: readonly string[], verbs = ["use"], apiGroups = ["security.openshift.io"]) {
  return { apiGroups, resources: ["securitycontextconstraints"], verbs, resourceNames };
}

test("an exemption of these pods refutes, one that may be theirs is not known", () => {
  expect(check({ is: "exemption", field: "allowHostPID", holds: "these-pods" })).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: "X it exempts these pods from the profile Restricted (allowHostPID)" },
        fingerprint: expect.stringContaining(":X:it:allowHostPID"),
        at: { file: "x.yaml", line: 2 },
      },
    ],
  });
  expect(
    check({ is: "exemption", field: "exemptions.usernames", holds: "perhaps-these-pods" }),
  ).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining("X it (x.yaml:2) may exempt") },
  });
});

describe("rights to use SecurityContextConstraints", () => {
  test.each<[string, Partial<RightsEffect>, string]>([
    ["of the host", { rules: [use(["privileged"])] }, "fail"],
    ["of any user", { aggregated: [use(["anyuid"], ["*"])] }, "fail"],
    ["all of them", { rules: [use([])] }, "fail"],
    ["by OpenShift's own role", { role: "ClusterRole/system:openshift:scc:hostnetwork" }, "fail"],
    ["of somebody's own", { rules: [use(["ours"])] }, "unproven"],
    ["restricted ones", { rules: [use(["restricted-v2", "nonroot-v2"])] }, "pass"],
    [
      "by OpenShift's role of restricted ones",
      { role: "ClusterRole/system:openshift:scc:nonroot-v2" },
      "pass",
    ],
    ["to read them", { rules: [use(["privileged"], ["get"])] }, "pass"],
    ["of another group", { rules: [use(["privileged"], ["use"], ["policy"])] }, "pass"],
    [
      "everything, which is not about OpenShift",
      { rules: [{ ...use([], ["*"], ["*"]), resources: ["*"] }] },
      "pass",
    ],
  ])("%s", (_name, effect, status) => {
    expect(bound(effect).status).toBe(status);
  });
});

test("a workload without such objects passes", () => {
  expect(restrictedExemptions.check({ workload: workloadFacts() }).status).toBe("pass");
  expect(check({ is: "mutation" }).status).toBe("pass");
});
