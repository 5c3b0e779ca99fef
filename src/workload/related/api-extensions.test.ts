import { describe, expect, test } from "vitest";
import { deployment, type Manifest, yaml } from "../../../test/fixtures/manifests.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import { type ReadResult, readWorkloads } from "../read-workloads.ts";

async function read(...objects: readonly Manifest[]): Promise<ReadResult> {
  async function* stdin() {
    yield Buffer.from(objects.map((one) => yaml(one)).join("---\n"));
  }
  return readWorkloads(["-"], { cwd: "/", stdin: stdin() });
}

/** Effects of objects on the Deployment `web` of the namespace `aides`. */
async function effects(...objects: readonly Manifest[]): Promise<readonly RelatedEffect[]> {
  const { workloads } = await read(deployment(), ...objects);
  return (workloads[0]?.facts.related ?? []).map(({ effect }) => effect);
}

function object(type: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "it", ...metadata },
    ...fields,
  };
}

const LABELS = { "app.kubernetes.io/name": "web" };
const SERVICE = { name: "front", namespace: "aides" };
const FRONT = object("v1/Service", { spec: { selector: LABELS, ports: [{ port: 443 }] } }, SERVICE);
const SECRETS = { apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["secrets"] };
const NAME = "kubernetes.io/metadata.name";

function webhook(rule: Manifest, more: Manifest = {}, kind = "Validating"): Manifest {
  return object(`admissionregistration.k8s.io/v1/${kind}WebhookConfiguration`, {
    webhooks: [{ clientConfig: { service: SERVICE }, rules: [{ ...SECRETS, ...rule }], ...more }],
  });
}

function expressions(...listed: readonly Manifest[]): Manifest {
  return { namespaceSelector: { matchExpressions: listed } };
}

function definition(conversion: Manifest, group = "shop.example.fr"): Manifest {
  return object("apiextensions.k8s.io/v1/CustomResourceDefinition", {
    spec: { group, names: { plural: "orders" }, conversion },
  });
}

function apiService(spec: Manifest): Manifest {
  return object("apiregistration.k8s.io/v1/APIService", { spec: { service: SERVICE, ...spec } });
}

const OWN = expressions({ key: NAME, operator: "In", values: ["aides"] });
const ORDERS = { apiGroups: ["shop.example.fr"], resources: ["orders", "orders/status"] };

describe("owner of what a webhook receives", () => {
  test.each<[string, Manifest, string]>([
    ["Secrets of every namespace", webhook({}), "others"],
    ["everything", webhook({ apiGroups: ["*"], resources: ["*/*"] }), "others"],
    ["tokens of accounts", webhook({ resources: ["serviceaccounts/token"] }), "others"],
    ["a rule without resources", webhook({ resources: undefined, apiGroups: undefined }), "others"],
    [
      "namespaces but one",
      webhook({}, expressions({ key: NAME, operator: "NotIn", values: ["aides"] })),
      "others",
    ],
    [
      "another namespace beside its own",
      webhook({}, expressions({ key: NAME, operator: "In", values: ["aides", "bank"] })),
      "others",
    ],
    [
      "namespaces without a label",
      webhook({}, expressions({ key: "control-plane", operator: "DoesNotExist" })),
      "others",
    ],
    [
      "objects without a label",
      webhook({}, { objectSelector: { matchExpressions: [{ key: "x", operator: "DoesNotExist" }] } }),
      "others",
    ],
    ["nodes, which no namespaceSelector leaves out", webhook({ resources: ["nodes"] }, OWN), "others"],
    ["everything of its group, cluster-wide too", webhook({ resources: ["*"] }, OWN), "others"],
    ["objects of the cluster", webhook({ resources: ["secrets", "*"], scope: "Cluster" }, OWN), "others"],
    [
      "namespaces that a label names",
      webhook({}, { namespaceSelector: { matchLabels: { inject: "yes" } } }),
      "perhaps-others",
    ],
    [
      "objects that a label names",
      webhook({}, { objectSelector: { matchLabels: LABELS } }),
      "perhaps-others",
    ],
    [
      "what an expression narrows",
      webhook({}, { matchConditions: [{ expression: "true" }] }),
      "perhaps-others",
    ],
    ["a kind that nothing defines", webhook(ORDERS), "perhaps-others"],
    ["rules that are no list", webhook({}, { rules: "x" }), "perhaps-others"],
    ["its own namespace by name", webhook({}, OWN), "own-namespace"],
    [
      "its own namespace by its label",
      webhook({}, { namespaceSelector: { matchLabels: { [NAME]: "aides" } } }),
      "own-namespace",
    ],
    ["its own Namespace", webhook({ resources: ["namespaces"] }, OWN), "own-namespace"],
    [
      "every kind of a group within it",
      webhook({ apiGroups: ["apps"], resources: ["*"] }, OWN),
      "own-namespace",
    ],
    [
      "every namespaced object within it",
      webhook({ resources: ["*"], scope: "Namespaced" }, OWN),
      "own-namespace",
    ],
    ["nothing", webhook({}, { rules: [] }), "own-namespace"],
    ["nothing, without rules", webhook({}, { rules: undefined }), "own-namespace"],
  ])("%s", async (_name, one, owner) => {
    expect(await effects(FRONT, one)).toEqual([
      expect.objectContaining({ is: "api-extension", by: "admission", owner, target: "these-pods" }),
    ]);
  });

  test("a kind of its own, which the manifests define", async () => {
    const found = await effects(FRONT, webhook(ORDERS), definition({ strategy: "None" }));
    expect(found).toMatchObject([{ owner: "own-kinds", resources: ["orders.shop.example.fr"] }]);
  });

  test("a kind of a product is nobody's own, and so is one whose definition may not be applied", async () => {
    const product = "cert-manager.io";
    const rule = { apiGroups: [product], resources: ["orders"] };
    expect(await effects(FRONT, webhook(rule), definition({}, product))).toMatchObject([
      { owner: "perhaps-others" },
    ]);
    const hook = {
      ...definition({}),
      metadata: { name: "it", annotations: { "helm.sh/hook": "pre-install" } },
    };
    expect(await effects(FRONT, webhook(ORDERS), hook)).toMatchObject([{ owner: "perhaps-others" }]);
  });

  test("of several webhooks each owner counts once", async () => {
    const one = { clientConfig: { service: SERVICE }, rules: [{ ...SECRETS, ...ORDERS }] };
    const other = { clientConfig: { service: SERVICE }, rules: [SECRETS] };
    const all = object("admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration", {
      webhooks: [one, other, one, other],
    });
    expect(await effects(FRONT, all)).toMatchObject([
      { owner: "perhaps-others", field: "webhooks[0].clientConfig.service" },
      { owner: "others", field: "webhooks[1].clientConfig.service", resources: ["secrets"] },
    ]);
  });

  test("a mutating webhook may change what it gets, and changes pods besides", async () => {
    const rule = { resources: ["pods", "secrets"] };
    expect(await effects(FRONT, webhook(rule, {}, "Mutating"))).toMatchObject([
      { is: "mutation" },
      { is: "api-extension", changes: true, resources: ["pods", "secrets"] },
    ]);
    expect(await effects(FRONT, webhook({}, {}, "Mutating"))).toMatchObject([{ is: "api-extension" }]);
  });
});

describe("conversions and aggregated APIs", () => {
  const config = { clientConfig: { service: SERVICE } };
  test.each<[string, Manifest, Manifest]>([
    ["a conversion", definition({ webhook: config }), { by: "conversion", owner: "own-kinds" }],
    [
      "a conversion of v1beta1",
      definition({ webhookClientConfig: config.clientConfig }),
      { field: "spec.conversion.webhookClientConfig.service" },
    ],
    ["of a product", definition({ webhook: config }, "acme.cert-manager.io"), { owner: "perhaps-others" }],
    ["an API of its own", apiService({ group: "metrics.x.io" }), { by: "aggregation", owner: "own-kinds" }],
    ["one of Kubernetes", apiService({ group: "apps" }), { owner: "others", resources: ["*.apps"] }],
    ["the core group", apiService({ group: "" }), { owner: "others", resources: ["*"] }],
    ["no group", apiService({}), { owner: "others" }],
    ["metrics, which an add-on serves", apiService({ group: "metrics.k8s.io" }), { owner: "perhaps-others" }],
    ["others'", apiService({ group: "custom.metrics.k8s.io" }), { owner: "perhaps-others" }],
  ])("%s", async (_name, one, expected) => {
    expect(await effects(FRONT, one)).toEqual([
      expect.objectContaining({ is: "api-extension", ...expected }),
    ]);
  });

  test.each([
    ["a definition without a conversion", definition({ strategy: "None" })],
    ["without any", object("apiextensions.k8s.io/v1/CustomResourceDefinition", { spec: {} })],
    ["an API that the API server serves itself", apiService({ service: undefined, group: "x.io" })],
    ["a webhook without a callee", webhook({}, { clientConfig: {} })],
  ])("%s hands over nothing", async (_name, one) => {
    expect(await effects(FRONT, one)).toEqual([]);
  });
});

/** A Service that is only a name for another host. */
function alias(externalName: unknown, metadata: Manifest = SERVICE): Manifest {
  return object("v1/Service", { spec: { type: "ExternalName", externalName } }, metadata);
}

const REAL = object(
  "v1/Service",
  { spec: { selector: LABELS, ports: [{ port: 443 }] } },
  { name: "real", namespace: "aides" },
);
const OTHER = deployment({ name: "other", labels: { app: "other" } });

describe("names of other Services are followed", () => {
  const elsewhere = { name: "hook", namespace: "ops" };
  const toOps = webhook({}, { clientConfig: { service: elsewhere } });
  test.each<[string, readonly Manifest[]]>([
    ["to the Service", [webhook({}), alias("real.aides.svc.cluster.local"), REAL]],
    ["in short", [webhook({}), alias("REAL.aides.svc."), REAL]],
    ["from another namespace", [toOps, alias("real.aides.svc.cluster.local", elsewhere), REAL]],
    [
      "over a second name",
      [webhook({}), alias("hook.ops.svc.cluster.local"), alias("real.aides.svc", elsewhere), REAL],
    ],
  ])("%s", async (_name, objects) => {
    expect(await effects(OTHER, ...objects)).toMatchObject([{ owner: "others", target: "these-pods" }]);
  });

  test.each<[string, readonly Manifest[]]>([
    ["another host", [webhook({}), alias("hooks.example.fr"), REAL]],
    ["a Service of another namespace", [webhook({}), alias("real.ops.svc.cluster.local"), REAL]],
    ["another domain of a cluster", [webhook({}), alias("real.aides.svc.example.fr"), REAL]],
    ["names in a circle", [webhook({}), alias("front.aides.svc"), REAL]],
    ["no name", [webhook({}), alias(["real.aides.svc"]), REAL]],
    ["an empty name", [webhook({}), alias(".aides.svc"), REAL]],
  ])("not to %s", async (_name, objects) => {
    expect(await effects(OTHER, ...objects)).toEqual([]);
  });
});

describe("the pods that are called", () => {
  const called = (clientConfig: Manifest) => webhook({}, { clientConfig });
  test.each<[string, readonly Manifest[], string]>([
    ["a Service elsewhere", [webhook({})], "perhaps-these-pods"],
    ["a URL outside the cluster", [FRONT, called({ url: "https://hooks.example.fr" })], "perhaps-these-pods"],
    ["a URL of a Service elsewhere", [called({ url: "https://web.aides.svc:8443/x" })], "perhaps-these-pods"],
    ["a URL of the Service", [FRONT, called({ url: "https://front.aides.svc.cluster.local" })], "these-pods"],
    ["what is no URL", [FRONT, called({ url: "{{ x }}" })], "perhaps-these-pods"],
    ["a Service without a name", [FRONT, called({ service: {} })], "perhaps-these-pods"],
  ])("%s", async (_name, objects, target) => {
    expect(await effects(...objects)).toMatchObject([{ owner: "others", target }]);
  });

  test("a Service of other pods, and one of another namespace, hand these nothing, and are named", async () => {
    const others = [
      [webhook({}), { ...FRONT, spec: { selector: { app: "other" }, ports: [{ port: 443 }] } }],
      [called({ service: { name: "front", namespace: "ops" } })],
      [called({ url: "https://front.ops.svc" })],
    ];
    for (const objects of others) {
      const { workloads, unjudgedObjects } = await read(deployment(), ...objects);
      expect(workloads[0]?.facts.related).toBeUndefined();
      expect(unjudgedObjects.map(({ kind }) => kind)).toEqual([
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
      ]);
    }
  });

  test("the Service's namespace is the application's where the manifest names none", async () => {
    const { metadata, ...rest } = deployment();
    const bare = { ...rest, metadata: { ...(metadata as Manifest), namespace: undefined } };
    const { workloads } = await read(bare, FRONT, webhook({}, OWN));
    expect(workloads[0]?.facts.related?.[0]?.effect).toMatchObject({ owner: "own-namespace" });
  });

  test("an object that is judged is not named as not judged", async () => {
    const { unjudgedObjects } = await read(deployment(), FRONT, webhook({}));
    expect(unjudgedObjects).toEqual([]);
  });
});
