import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import type { RightsEffect } from "../../contract/related-facts.ts";
import { readWorkloads } from "../read-workloads.ts";

const TYPE = "kubernetes.io/service-account-token";

function template(account = "web", type = TYPE): Manifest {
  return { type, metadata: { annotations: { "kubernetes.io/service-account.name": account } } };
}

function secret({ type, metadata }: Manifest, name = "token", namespace = "aides"): Manifest {
  const named = { ...(metadata as Manifest), name, namespace };
  return { apiVersion: "v1", kind: "Secret", type, metadata: named };
}

function binding(name = "web"): Manifest {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "b" },
    roleRef: { kind: "ClusterRole", name: "edit" },
    subjects: [{ kind: "ServiceAccount", name, namespace: "aides" }],
  };
}

const MOUNTED: Manifest = { volumes: [{ name: "t", secret: { secretName: "token" } }] };

async function rights(
  pod: Manifest,
  ...objects: readonly Manifest[]
): Promise<readonly Partial<RightsEffect>[]> {
  const web = deployment({
    pod: podSpec({ serviceAccountName: "web", automountServiceAccountToken: false, ...pod }),
  });
  const text = [web, ...objects].map((one) => yaml(one)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return (workloads[0]?.facts.related ?? []).flatMap(({ effect }) => {
    if (effect.is !== "rights") return [];
    const { is: _is, scope: _scope, role: _role, ...token } = effect;
    return [token];
  });
}

function withContainer(fields: Manifest): Manifest {
  const { containers } = podSpec() as { readonly containers: readonly Manifest[] };
  return { containers: containers.map((one) => ({ ...one, ...fields })) };
}

describe("a Secret with the token of the pods' account", () => {
  test.each<[string, Manifest]>([
    ["mounted", MOUNTED],
    ["projected", { volumes: [{ name: "t", projected: { sources: [{ secret: { name: "token" } }] } }] }],
    [
      "a variable",
      withContainer({ env: [{ name: "T", valueFrom: { secretKeyRef: { name: "token", key: "token" } } }] }),
    ],
    ["all variables", withContainer({ envFrom: [{ secretRef: { name: "token" } }] })],
  ])("%s", async (_name, pod) => {
    expect(await rights(pod, binding(), secret(template()))).toEqual([{ tokenSecret: "token" }]);
  });

  test.each<[string, Manifest]>([
    [
      "made by an ExternalSecret",
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "e", namespace: "aides" },
        spec: { target: { name: "token", template: template() } },
      },
    ],
    [
      "made by a SealedSecret",
      {
        apiVersion: "bitnami.com/v1alpha1",
        kind: "SealedSecret",
        metadata: { name: "token", namespace: "aides" },
        spec: { template: template() },
      },
    ],
  ])("%s", async (_name, one) => {
    expect(await rights(MOUNTED, binding(), one)).toEqual([{ tokenSecret: "token" }]);
  });

  test.each<[string, Manifest, Manifest]>([
    [
      "in imagePullSecrets, which the kubelet alone reads",
      { imagePullSecrets: [{ name: "token" }] },
      secret(template()),
    ],
    ["of another type", MOUNTED, secret(template("web", "Opaque"))],
    ["without an annotation", MOUNTED, secret({ type: TYPE, metadata: {} })],
    ["that the pod does not use", {}, secret(template())],
    ["of another account", MOUNTED, secret(template("other"))],
  ])("not %s", async (_name, pod, one) => {
    expect(await rights(pod, binding(), one)).toEqual([{}]);
  });
});

test("another account's token gives that account's rights", async () => {
  expect(await rights(MOUNTED, binding("deployer"), secret(template("deployer")))).toEqual([
    { account: "deployer", tokenSecret: "token" },
  ]);
  expect(await rights(MOUNTED, binding("third"), secret(template("deployer")))).toEqual([]);
});

describe("a Secret that is not among the manifests", () => {
  const items = (key: string): Manifest => ({
    volumes: [{ name: "t", secret: { secretName: "web", items: [{ key, path: "x" }] } }],
  });

  test("may hold the token by its name or its key", async () => {
    expect(await rights(MOUNTED, binding())).toEqual([{ unseenSecret: "token" }]);
    expect(await rights(items("token"), binding())).toEqual([{ unseenSecret: "web" }]);
    expect(await rights(MOUNTED, binding(), secret(template(), "token", "elsewhere"))).toEqual([
      { unseenSecret: "token" },
    ]);
  });

  test("is a password by another key, and nothing where no rights are given", async () => {
    expect(await rights(items("password"), binding())).toEqual([{}]);
    expect(await rights(MOUNTED, binding("other"))).toEqual([]);
  });
});
