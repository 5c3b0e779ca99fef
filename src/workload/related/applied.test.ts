import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import { readWorkloads } from "../read-workloads.ts";

const SKIP = { annotations: { "argocd.argoproj.io/hook": "Skip" } };

async function effects(...objects: readonly Manifest[]): Promise<readonly RelatedEffect[]> {
  const web = deployment({ pod: podSpec({ serviceAccountName: "web" }) });
  const text = [web, ...objects].map((each) => yaml(each)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return (workloads[0]?.facts.related ?? []).map(({ effect }) => effect);
}

function account(automount: boolean, metadata: Manifest): Manifest {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "web", namespace: "aides", ...metadata },
    automountServiceAccountToken: automount,
  };
}

describe("a ServiceAccount that refuses the token counts for nothing", () => {
  test.each<[string, Manifest]>([
    ["argocd.argoproj.io/hook", SKIP],
    ["helm.sh/hook", { annotations: { "helm.sh/hook": "test" } }],
    ["local-config", { annotations: { "config.kubernetes.io/local-config": "true" } }],
    ["reconcile", { annotations: { "kustomize.toolkit.fluxcd.io/reconcile": "disabled" } }],
    ["ssa", { annotations: { "kustomize.toolkit.fluxcd.io/ssa": "Ignore" } }],
    ["fluxcd.io/ignore", { annotations: { "fluxcd.io/ignore": "true" } }],
    ["kots.io/exclude", { annotations: { "kots.io/exclude": "true" } }],
    ["deletionTimestamp", { deletionTimestamp: "2026-11-29T00:00:00Z" }],
  ])("with %s", async (_name, metadata) => {
    expect(await effects(account(false, metadata))).toEqual([]);
    expect(await effects(account(true, metadata))).toEqual([
      { is: "account", automountServiceAccountToken: true },
    ]);
  });

  test.each<[string, Manifest]>([
    ["no annotation", {}],
    ["local-config: false", { annotations: { "config.kubernetes.io/local-config": "false" } }],
    ["reconcile: enabled", { annotations: { "kustomize.toolkit.fluxcd.io/reconcile": "enabled" } }],
    ["ssa: Merge", { annotations: { "kustomize.toolkit.fluxcd.io/ssa": "Merge" } }],
    ["a sync wave", { annotations: { "argocd.argoproj.io/sync-wave": "1" } }],
  ])("but does with %s", async (_name, metadata) => {
    expect(await effects(account(false, metadata))).toEqual([
      { is: "account", automountServiceAccountToken: false },
    ]);
  });
});

test("rules of a role that is perhaps not applied count, and do not make it known", async () => {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const rule = { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] };
  const binding = {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: "b" },
    roleRef: { kind: "ClusterRole", name: "r" },
    subjects: [{ kind: "ServiceAccount", name: "web", namespace: "aides" }],
  };
  const role = (metadata: Manifest) => ({
    apiVersion,
    kind: "ClusterRole",
    metadata: { name: "r", ...metadata },
    rules: [rule],
  });
  const rules = [{ ...rule, resourceNames: [] }];
  expect(await effects(binding, role({}))).toMatchObject([{ is: "rights", rules }]);
  const [unapplied] = await effects(binding, role(SKIP));
  expect(unapplied).toMatchObject({ is: "rights", aggregated: rules });
  expect(unapplied).not.toHaveProperty("rules");
});

test("a binding counts, and a LimitRange gives no limits", async () => {
  const metadata = { name: "it", namespace: "aides", ...SKIP };
  const limits = [{ type: "Container", default: { memory: "1Mi" } }];
  expect(await effects({ apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits } })).toEqual([]);
  const service = { apiVersion: "v1", kind: "Service", metadata, spec: { externalIPs: ["10.1.2.3"] } };
  expect(await effects(service)).toMatchObject([{ is: "address" }]);
});
