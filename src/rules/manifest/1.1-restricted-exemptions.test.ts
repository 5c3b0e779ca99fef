import { describe, expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RelatedEffect, RightsEffect } from "../../contract/related-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { restrictedExemptions } from "./1.1-restricted-exemptions.ts";
import { changesNamespace } from "./rights/own-namespace.ts";

function check(...effects: readonly RelatedEffect[]) {
  const related = effects.map((effect) => ({ kind: "X", name: "it", at: locatedAt("x.yaml", 2), effect }));
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
      { scope: "cluster", rules: [{ ...use([], ["*"], ["*"]), resources: ["*"] }] },
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

describe("rights over the own Namespace's labels", () => {
  const rule = (
    resources: readonly string[],
    verbs: readonly string[],
    resourceNames: readonly string[] = [],
  ) => ({
    apiGroups: ["", "apps"],
    resources,
    verbs,
    resourceNames,
  });
  const LABELS = rule(["namespaces"], ["patch"]);
  const PODS = rule(["pods"], ["create"]);

  function given(effect: Partial<RightsEffect>, facts: Partial<WorkloadFacts> = {}, automount = true) {
    const rights = { is: "rights", scope: "namespace", role: "Role/own", ...effect } as const;
    const related = [{ kind: "RoleBinding", name: "it", at: locatedAt("x.yaml", 2), effect: rights }];
    return restrictedExemptions.check({
      workload: workloadFacts({ automountServiceAccountToken: automount, facts: { related, ...facts } }),
    });
  }

  test.each<[string, Partial<RightsEffect>]>([
    ["with pods", { rules: [LABELS, PODS] }],
    ["of this Namespace by its name", { rules: [rule(["namespaces"], ["update"], ["portal"]), PODS] }],
    ["with Deployments", { rules: [LABELS, rule(["deployments"], ["patch"])] }],
    ["everything", { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: [] }] }],
    ["cluster-admin", { role: "ClusterRole/cluster-admin" }],
    ["added to edit", { role: "ClusterRole/edit", aggregated: [LABELS] }],
    [
      "added with what edit is made of",
      { aggregated: [LABELS], aggregatedRoles: ["system:aggregate-to-edit"] },
    ],
  ])("refute: %s", (_name, effect) => {
    expect(given(effect)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("(namespaces: patch, update") } }],
    });
  });

  test.each<[string, Partial<RightsEffect>]>([
    ["of every account", { openTo: "system:serviceaccounts" }],
    ["by the token of a Secret", { tokenSecret: "token" }],
  ])("refute without the pods' own token: %s", (_name, effect) => {
    expect(given({ rules: [LABELS, PODS], ...effect }, {}, false).status).toBe("fail");
  });

  test("count by any name if the Namespace is not known", () => {
    const effect: RightsEffect = {
      is: "rights",
      scope: "namespace",
      role: "Role/own",
      rules: [rule(["namespaces"], ["patch"], ["shop"])],
    };
    expect([changesNamespace(effect, undefined), changesNamespace(effect, "portal")]).toEqual([true, false]);
  });

  test.each<[string, Partial<RightsEffect>, boolean?]>([
    ["the pod gets no token", { rules: [LABELS, PODS] }, false],
    ["no pods can be created", { rules: [LABELS] }],
    ["the labels can be read only", { rules: [rule(["namespaces"], ["get", "list"]), PODS] }],
    ["another Namespace is named", { rules: [rule(["namespaces"], ["patch"], ["other"]), PODS] }],
    ["edit, which changes no Namespace", { role: "ClusterRole/edit" }],
    ["in another namespace", { scope: "other-namespace", rules: [LABELS, PODS] }],
    ["its own ConfigMaps", { rules: [rule(["configmaps"], ["update"])] }],
    ["what view is made of", { aggregatedRoles: ["system:aggregate-to-view"] }],
  ])("trap: %s", (_name, effect, automount = true) => {
    expect(given(effect, {}, automount).status).toBe("pass");
  });
});
