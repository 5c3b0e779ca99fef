import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { deployment, list, type Manifest, yaml } from "../../test/fixtures/manifests.ts";
import { KEY, noise, PUBLIC_KEY } from "../../test/fixtures/secrets.ts";
import { readWorkloads } from "./read-workloads.ts";

const cwd = mkdtempSync(join(tmpdir(), "config-facts-"));
afterAll(() => rmSync(cwd, { recursive: true }));

/**
 * ConfigMaps and Secrets that concern each workload of these files, by name, and whether they are injected.
 */
async function objects(files: Readonly<Record<string, readonly Manifest[]>>) {
  rmSync(cwd, { recursive: true });
  for (const [name, manifests] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), manifests.map((one) => yaml(one)).join("---\n"));
  }
  const { workloads } = await readWorkloads(["."], { cwd, stdin: (async function* () {})() });
  return workloads.map(({ facts }) => facts.objects ?? []);
}

const VALUE = { password: "Hiver2024!" };

function map(name: string, metadata = {}): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, ...metadata }, data: VALUE };
}

function secret(name: string, stringData: Manifest = VALUE, metadata = {}): Manifest {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, ...metadata }, stringData };
}

const WEB = deployment();

test("what the pod names is injected, wherever it lies; a Secret beside it is not, elsewhere it is another's", async () => {
  const found = await objects({
    "web/a.yaml": [WEB],
    "web/b.yaml": [list(map("aides-web"), secret("tls"))],
    "other/c.yaml": [secret("aides-db"), secret("unknown"), map("unknown")],
  });
  expect(found).toMatchObject([
    [
      {
        kind: "ConfigMap",
        name: "aides-web",
        at: { in: "file", file: "web/b.yaml", document: 0 },
        injected: true,
        variables: { password: "…(10)" },
      },
      { kind: "Secret", name: "aides-db", at: { file: "other/c.yaml" }, injected: true },
      { kind: "Secret", name: "tls", injected: false },
    ],
  ]);
  expect(found[0]).toHaveLength(3);
});

test("of two with one name, that of the folder or of the namespace is meant", async () => {
  const found = await objects({
    "a/web.yaml": [WEB, secret("aides-db", { password: "${PASSWORD}" })],
    "b/db.yaml": [secret("aides-db"), secret("aides-db", VALUE, { namespace: "other" })],
  });
  expect(found).toEqual([[]]);
});

test.each<[string, Readonly<Record<string, readonly Manifest[]>>, readonly string[]]>([
  ["in its own folder alone", { "a/web.yaml": [WEB, map("aides-web")] }, []],
  ["in a folder of configuration", { "a/web.yaml": [WEB], "b/c.yaml": [map("aides-web")] }, ["b"]],
  ["in both", { "a/web.yaml": [WEB, map("aides-web")], "b/c.yaml": [map("aides-web")] }, ["b"]],
  [
    "in that of another environment",
    { "a/web.yaml": [WEB, map("aides-web")], "b/web.yaml": [WEB, map("aides-web")] },
    [],
  ],
  [
    "in those of environments, and not in its own",
    { "a/web.yaml": [WEB], "b/web.yaml": [WEB, map("aides-web")] },
    ["b"],
  ],
  [
    "of another namespace",
    { "a/web.yaml": [WEB], "b/c.yaml": [map("aides-web", { namespace: "other" })] },
    [],
  ],
  ["that the pod does not name", { "a/web.yaml": [WEB], "b/c.yaml": [map("else")] }, []],
])("folders with a ConfigMap that may be meant: one %s", async (_, files, folders) => {
  await objects(files);
  const { workloads } = await readWorkloads(["."], { cwd, stdin: (async function* () {})() });
  const expected = folders.map((folder) => ["ConfigMap/aides-web", [join(cwd, folder)]]);
  expect([...(workloads[0]?.objectFolders ?? [])]).toEqual(expected);
});

test("in volumes and for pulls", async () => {
  const pod = (spec: Manifest): Manifest => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec,
  });
  const containers = [{ name: "c", image: "x" }];
  const named = [
    { volumes: [{ name: "v", secret: { secretName: "s" } }] },
    { volumes: [{ name: "v", configMap: { name: "m" } }] },
    {
      volumes: [
        { name: "v", projected: { sources: [{ secret: { name: "s" } }, { configMap: { name: "m" } }] } },
      ],
    },
    { imagePullSecrets: [{ name: "s" }] },
  ];
  for (const [index, fields] of named.entries()) {
    const [found] = await objects({
      "a/pod.yaml": [pod({ containers, ...fields })],
      "b/s.yaml": [secret("s"), map("m")],
    });
    expect(found?.map(({ kind }) => kind)).toEqual(
      [["Secret"], ["ConfigMap"], ["ConfigMap", "Secret"], ["Secret"]][index],
    );
  }
});

const HOOK = `https://hooks.slack.com/services/T${noise(8, "ABCDEF0123456789")}/B${noise(8, "ABCDEF0123456789")}/${noise(24)}`;
const RABBIT = "amqp://shop:T9vKq2xZr7Lm@rabbit.shop.svc:5672/v";

function custom(apiVersion: string, kind: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  return { apiVersion, kind, metadata: { name: "it", ...metadata }, ...fields };
}

/** A ConfigMap that the pod does not name. */
function elsewhere(fields: Manifest): Manifest {
  return custom("v1", "ConfigMap", fields);
}

describe("a secret by content in an object of the folder that the pod does not use", () => {
  const base64 = Buffer.from(KEY).toString("base64");
  test.each<[string, Manifest, string, string]>([
    ["a key in a ConfigMap", elsewhere({ data: { "tls.key": KEY } }), "private-key", "tls.key"],
    ["in base64", elsewhere({ data: { "k.b64": base64 } }), "private-key", "k.b64"],
    ["in binaryData", elsewhere({ binaryData: { k: base64 } }), "private-key", "k"],
    [
      "a trigger of KEDA",
      custom("keda.sh/v1alpha1", "ScaledObject", { spec: { triggers: [{ metadata: { host: RABBIT } }] } }),
      "url-password",
      "host",
    ],
    [
      "a webhook in an annotation of a Service",
      custom("v1", "Service", { spec: {} }, { annotations: { hook: HOOK } }),
      "slack-webhook",
      "hook",
    ],
    [
      "of a namespace without workloads",
      custom("monitoring.coreos.com/v1", "PrometheusRule", { spec: { url: HOOK } }, { namespace: "ops" }),
      "slack-webhook",
      "url",
    ],
  ])("%s", async (_name, one, kind, key) => {
    const [found] = await objects({ "a.yaml": [WEB, one] });
    expect(found).toMatchObject([
      { kind: one["kind"], name: "it", injected: false, secrets: [{ kind, key }] },
    ]);
    expect(JSON.stringify(found)).not.toContain("T9vKq2xZr7Lm");
  });

  test.each<[string, readonly Manifest[]]>([
    ["a name that the pod is not given", [map("else")]],
    ["a public key", [elsewhere({ data: { "ca.pem": PUBLIC_KEY } })]],
    ["binary data", [elsewhere({ binaryData: { k: "/+8=" } })]],
    [
      "a reference",
      [
        custom("keda.sh/v1alpha1", "TriggerAuthentication", {
          spec: { secretTargetRef: [{ key: "password" }] },
        }),
      ],
    ],
    [
      "a release that takes values of a Secret",
      [
        custom("example.org/v1", "Release", {
          kind: "Release",
          spec: { from: [{ kind: "Secret" }], data: { a: "Zk3pQ9xT" } },
        }),
      ],
    ],
    [
      "documentation of a kind",
      [custom("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: { description: RABBIT } })],
    ],
    [
      "an object of another workload's namespace",
      [
        deployment({ name: "db", namespace: "db" }),
        custom("v1", "Service", { spec: {} }, { namespace: "db", annotations: { hook: HOOK } }),
      ],
    ],
  ])("none: %s", async (_name, manifests) => {
    expect((await objects({ "a.yaml": [WEB, ...manifests] }))[0]).toEqual([]);
  });

  test("none in another folder, and once where the pod names the object", async () => {
    expect(
      await objects({ "a/web.yaml": [WEB], "b/c.yaml": [elsewhere({ data: { "tls.key": KEY } })] }),
    ).toEqual([[]]);
    const named = { ...map("aides-web"), data: { "tls.key": KEY } };
    expect((await objects({ "a.yaml": [WEB, named] }))[0]).toMatchObject([{ injected: true }]);
  });
});

test("nothing of a value but its mask", async () => {
  expect(
    JSON.stringify(await objects({ "a.yaml": [WEB, map("aides-web"), secret("aides-db")] })),
  ).not.toContain("Hiver");
});

test("what is no ConfigMap or Secret as Kubernetes has them is passed over", async () => {
  const other = { ...secret("aides-db"), apiVersion: "example.org/v1" };
  const broken = { apiVersion: "v1", kind: "Secret", metadata: "x", stringData: VALUE };
  const numbers = secret("numbers", { password: 1 });
  const template = { ...secret("template", {}), data: { password: "{{ .password | b64enc }}" } };
  expect(await objects({ "a.yaml": [WEB, other, broken, numbers, template] })).toEqual([[]]);
});
