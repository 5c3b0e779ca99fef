import { describe, expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import type { PolicyRuleFacts, RelatedFacts, RightsEffect } from "../../contract/related-facts.ts";
import { serviceAccountRights } from "./1.1-service-account-rights.ts";

function check(
  effect: Partial<RightsEffect>,
  pod: Partial<PodSpecFacts> = {},
  more: readonly RelatedFacts[] = [],
) {
  const binding: RelatedFacts = {
    kind: "ClusterRoleBinding",
    name: "web",
    at: locatedAt("rbac.yaml", 3),
    effect: { is: "rights", scope: "cluster", role: "ClusterRole/cluster-admin", ...effect },
  };
  return serviceAccountRights.check({
    workload: workloadFacts({ ...pod, facts: { related: [binding, ...more] } }),
  });
}

function rule(verbs: string, resources: string, apiGroups = "", resourceNames: readonly string[] = []) {
  const list = (text: string) => text.split(" ");
  return { apiGroups: list(apiGroups), resources: list(resources), verbs: list(verbs), resourceNames };
}

function own(...rules: readonly PolicyRuleFacts[]) {
  return check({ role: "ClusterRole/web", rules });
}

describe("rights over another namespace refute as those over the cluster", () => {
  test("with the token; without it they are a note; of an unknown role they are unproven", () => {
    const scope = "other-namespace";
    expect(check({ scope })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("may, in another namespace, do anything") } }],
    });
    expect(check({ scope }, { automountServiceAccountToken: false }).status).toBe("pass");
    expect(check({ scope, role: "ClusterRole/unknown" })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("ClusterRole/unknown in another namespace") },
    });
  });

  test("what callers without credentials may do needs no token", () => {
    const pod = { automountServiceAccountToken: false };
    expect(check({ needsNoToken: true }, pod).status).toBe("fail");
    expect(check({ needsNoToken: true, role: "ClusterRole/unknown" }, pod).status).toBe("unproven");
    expect(check({ needsNoToken: true, role: "ClusterRole/view" }, pod).status).toBe("pass");
  });
});

describe("rights over the cluster refute", () => {
  test.each(["cluster-admin", "admin", "edit"])("the built-in ClusterRole %s", (name) => {
    expect(check({ role: `ClusterRole/${name}` })).toMatchObject({
      status: "fail",
      findings: [
        {
          fingerprint: `1.1-service-account-rights:portal/Deployment/web:ClusterRoleBinding:web:ClusterRole/${name}`,
          at: { file: "rbac.yaml", line: 3 },
        },
      ],
    });
  });

  test.each<[string, PolicyRuleFacts]>([
    ["do anything", rule("*", "*", "*")],
    ["read secrets", rule("list", "secrets")],
    ["read secrets", rule("*", "configmaps *")],
    ["grant itself", rule("bind", "clusterroles", "rbac.authorization.k8s.io")],
    ["act as", rule("impersonate", "users")],
    ["execute commands", rule("create", "pods/exec")],
    ["execute commands", rule("create", "pods/*")],
    ["execute commands", rule("patch", "*/ephemeralcontainers")],
    ["create pods", rule("create", "deployments", "apps")],
    ["token of another", rule("create", "serviceaccounts/token")],
    ["kubelet", rule("get", "nodes/proxy")],
    ["hostPath", rule("create", "persistentvolumes")],
    ["Pod Security", rule("patch", "namespaces")],
    ["webhooks", rule("delete", "validatingwebhookconfigurations", "admissionregistration.k8s.io")],
    ["certificates", rule("update", "certificatesigningrequests/approval", "certificates.k8s.io")],
  ])("%s", (power, given) => {
    expect(own(given)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(power) } }],
    });
  });
});

describe("rights that a controller adds to the role refute as its own", () => {
  const secrets = rule("get", "secrets");

  test.each<[string, Partial<RightsEffect>, string]>([
    ["to a built-in role", { role: "ClusterRole/view", aggregated: [secrets] }, "read secrets"],
    ["to a role that is completed", { role: "ClusterRole/own", aggregated: [secrets] }, "read secrets"],
    ["by a default role", { role: "ClusterRole/own", aggregatedRoles: ["edit"] }, "create pods"],
    [
      "to a role of harmless rules",
      { role: "ClusterRole/own", rules: [], aggregated: [secrets] },
      "read secrets",
    ],
  ])("%s", (_name, effect, power) => {
    expect(check(effect)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(power) } }],
    });
  });

  test("a manifest takes nothing from a built-in role, and adds to it; a power is said once", () => {
    expect(check({ role: "ClusterRole/cluster-admin", rules: [] }).status).toBe("fail");
    expect(check({ role: "ClusterRole/view", rules: [] })).toMatchObject({ status: "pass", notes: [] });
    const outcome = check({ role: "ClusterRole/edit", rules: [secrets] });
    expect(JSON.stringify(outcome).match(/read secrets/g)).toHaveLength(1);
  });

  test("harmless ones refute nothing, and a role that others complete stays unknown", () => {
    const aggregated = [rule("get", "crontabs", "stable.example")];
    expect(check({ role: "ClusterRole/view", aggregated }).status).toBe("pass");
    expect(check({ role: "ClusterRole/own", aggregated }).status).toBe("unproven");
    expect(check({ role: "ClusterRole/own", aggregatedRoles: ["unlisted"] }).status).toBe("unproven");
    expect(check({ role: "ClusterRole/view", isCut: true }).status).toBe("unproven");
  });
});

describe("a token from a Secret", () => {
  const pod = { automountServiceAccountToken: false };

  test("is held as one that is mounted", () => {
    expect(check({ tokenSecret: "tok" }, pod)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining("(whose token the Secret tok gives the pod)") } }],
    });
  });

  test("may be another account's, whose rights count and are told apart", () => {
    expect(check({ tokenSecret: "tok", account: "deployer" }, pod)).toMatchObject({
      status: "fail",
      findings: [
        {
          message: { en: expect.stringContaining("the service account deployer (whose token") },
          fingerprint: expect.stringMatching(/:deployer$/),
        },
      ],
    });
  });

  test("is not known of a Secret elsewhere", () => {
    expect(check({ unseenSecret: "db" }, pod)).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: { en: expect.stringContaining("the Secret db, which is not among the manifests") },
    });
    expect(check({ unseenSecret: "db" })).toMatchObject({ status: "fail" });
    expect(check({ unseenSecret: "db", role: "ClusterRole/view" }, pod)).toMatchObject({
      status: "pass",
      notes: [],
    });
    expect(check({ unseenSecret: "db", role: "ClusterRole/own" }, pod)).toMatchObject({ status: "pass" });
    expect(check({ unseenSecret: "db", scope: "namespace" }, pod)).toMatchObject({ status: "pass" });
  });
});

describe("harmless rights", () => {
  test.each<[PolicyRuleFacts]>([
    [rule("get list watch", "configmaps pods services")],
    [rule("get", "secrets", "other.example")],
    [rule("get", "secrets", "", ["web-tls"])],
    [rule("create", "secrets")],
    [rule("get list", "nodes namespaces")],
    [rule("*", "leases", "coordination.k8s.io")],
    [rule("get", "pods/log")],
  ])("%j", (given) => {
    expect(own(given)).toMatchObject({ status: "pass", notes: [] });
  });

  test.each(["view", "system:auth-delegator"])("the built-in ClusterRole %s", (name) => {
    expect(check({ role: `ClusterRole/${name}` })).toMatchObject({ status: "pass", notes: [] });
  });

  test("no binding", () => {
    expect(serviceAccountRights.check({ workload: workloadFacts() })).toMatchObject({ status: "pass" });
  });
});

describe("what the account may do in the application's namespace, and what the pod has no token for, is noted", () => {
  const account = (automount?: boolean): RelatedFacts => ({
    kind: "ServiceAccount",
    name: "default",
    at: locatedAt("sa.yaml", 1),
    effect: {
      is: "account",
      ...(automount === undefined ? {} : { automountServiceAccountToken: automount }),
    },
  });
  const projected = {
    volumes: [{ sources: ["projected"], projected: { sources: [{ serviceAccountToken: {} }] } }],
  };

  test("a RoleBinding", () => {
    expect(check({ scope: "namespace" })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("in the application's namespace, do anything") } }],
    });
  });

  test.each<[string, Partial<PodSpecFacts>, readonly RelatedFacts[], string]>([
    ["the pod refuses it", { automountServiceAccountToken: false }, [], "pass"],
    ["the account refuses it", {}, [account(false)], "pass"],
    ["the pod says otherwise", { automountServiceAccountToken: true }, [account(false)], "fail"],
    ["one of two accounts of that name gives it", {}, [account(false), account(true)], "fail"],
    ["a volume gives it", { automountServiceAccountToken: false, ...projected }, [], "fail"],
    [
      "a volume of something else",
      { automountServiceAccountToken: false, volumes: [{ sources: ["projected"], projected: {} }] },
      [],
      "pass",
    ],
  ])("%s", (_name, pod, more, status) => {
    const outcome = check({}, pod, more);
    const isSaid = JSON.stringify(outcome).includes("the pod does not get this account's token");
    expect([outcome.status, isSaid]).toEqual([status, status === "pass"]);
  });
});

describe("a role that is not among the manifests", () => {
  test("leaves rights over the cluster unknown", () => {
    expect(check({ role: "ClusterRole/operator" })).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: { en: expect.stringContaining("ClusterRoleBinding web (rbac.yaml:3) gives") },
    });
  });

  test.each<[string, Partial<RightsEffect>, Partial<PodSpecFacts>]>([
    ["of the namespace", { role: "Role/own", scope: "namespace" }, {}],
    ["without a token", { role: "ClusterRole/operator" }, { automountServiceAccountToken: false }],
  ])("%s is noted as not judged", (_name, effect, pod) => {
    expect(check(effect, pod)).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("its rights are not judged") } }],
    });
  });
});

describe("rights of everybody, of every account or every node", () => {
  const openTo = "system:authenticated";
  const none = { automountServiceAccountToken: false };
  const scope = "namespace";

  test.each<[string, Partial<RightsEffect>]>([
    ["within the own namespace", { scope }],
    ["in the whole cluster", {}],
    [
      "over one Secret that is named",
      { scope, role: "Role/own", rules: [rule("get", "secrets", "", ["db"])] },
    ],
    ["to execute commands", { scope, role: "Role/own", rules: [rule("create", "pods/exec")] }],
  ])("%s refute without a token of the pod", (_name, effect) => {
    expect(check({ openTo, ...effect }, none)).toMatchObject({
      status: "fail",
      findings: [
        { message: { en: expect.stringContaining("to system:authenticated, and so to others than") } },
      ],
    });
  });

  test("of a role that is elsewhere, they are not known", () => {
    expect(check({ openTo, scope, role: "ClusterRole/operator" }, none)).toMatchObject({
      status: "unproven",
      doubtful: true,
      reason: {
        en: expect.stringContaining("gives system:authenticated ClusterRole/operator in the application"),
      },
    });
  });

  test("trap: harmless ones pass, without a note", () => {
    const harmless = {
      openTo,
      scope,
      role: "Role/own",
      rules: [rule("get", "configmaps", "", ["info"])],
    } as const;
    expect(check(harmless, none)).toMatchObject({ status: "pass", notes: [] });
    expect(check({ openTo, scope, role: "ClusterRole/view" }, none)).toMatchObject({
      status: "pass",
      notes: [],
    });
  });
});
