import { describe, expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

const NAMESPACE = "aides";

async function refusedIn(documents: readonly Manifest[]): Promise<readonly string[]> {
  const text = documents.map((one) => yaml(one)).join("---\n");
  const stdin = (async function* () {
    yield Buffer.from(text);
  })();
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin });
  const refused = (workloads[0]?.facts.refused ?? []).map(({ problem }) => problem.en);
  return refused.filter((text) => text.startsWith("the pods use "));
}

function object(kind: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  return { apiVersion: "v1", kind, metadata: { name: "it", namespace: NAMESPACE, ...metadata }, ...fields };
}

const user = (kind: string): Manifest => {
  const volumes: Readonly<Record<string, Manifest>> = {
    ConfigMap: { configMap: { name: "it" } },
    Secret: { secret: { secretName: "it" } },
    PersistentVolumeClaim: { persistentVolumeClaim: { claimName: "it" } },
  };
  const volume = { name: "v", ...volumes[kind] };
  return deployment({ pod: podSpec({ containers: [container({})], volumes: [volume] }) });
};

/** Refusals of a workload that mounts an object of this kind. */
function refusals(kind: string, fields: Manifest, metadata: Manifest = {}): Promise<readonly string[]> {
  return refusedIn([user(kind), object(kind, fields, metadata)]);
}

const b64 = (text: string) => Buffer.from(text).toString("base64");
const MIB = 1024 * 1024;

describe("ConfigMaps", () => {
  test.each<[string, Manifest, RegExp]>([
    ["a number", { data: { PORT: 8080 } }, /data.PORT must be a string, not a number/],
    ["a boolean", { data: { DEBUG: true } }, /data.DEBUG must be a string, not a boolean/],
    ["a mapping", { data: { X: { a: 1 } } }, /data.X must be a string, not a mapping/],
    ["data that is a list", { data: ["a"] }, /data must be keys with their values/],
    ["binaryData that is no base64", { binaryData: { x: "***" } }, /binaryData.x is not standard base64/],
    ["binaryData that is a number", { binaryData: { x: 5 } }, /binaryData.x must be a string/],
    [
      "a key in both",
      { data: { A: "a" }, binaryData: { A: b64("b") } },
      /binaryData.A is also a key of data/,
    ],
    ["a key in both, of null", { data: { A: null }, binaryData: { A: "" } }, /binaryData.A is also a key/],
    ["a key with a slash", { data: { "a/b": "v" } }, /data\["a\/b"\] does not have an allowed key/],
    ["the key ..", { data: { "..": "v" } }, /does not have an allowed key/],
    ["the key .", { binaryData: { ".": "" } }, /does not have an allowed key/],
    ["a long key", { data: { ["a".repeat(254)]: "v" } }, /does not have an allowed key/],
    [
      "more than 1 MiB",
      { data: { a: "x".repeat(MIB), b: "x" } },
      /data exceeds, with the other values, 1048576/,
    ],
    ["immutable as text", { immutable: "true" }, /immutable must be true or false/],
  ])("refused: %s", async (_, fields, expected) => {
    const found = await refusals("ConfigMap", fields);
    expect(found).toEqual([expect.stringMatching(expected)]);
    expect(found[0]).toMatch(/^the pods use ConfigMap "?it"? \(-:\d+\): not valid Kubernetes: /);
  });

  test.each<[string, Manifest]>([
    ["without data", {}],
    ["empty data", { data: {}, binaryData: null, immutable: true }],
    ["a value of null", { data: { X: null } }],
    ["a number in quotes", { data: { PORT: "8080" } }],
    ["exactly 1 MiB", { data: { a: "x".repeat(MIB) } }],
    ["dots in keys", { data: { ".env": "", "a..b": "", "app.properties": "" } }],
    ["a key that is filled in later", { data: { "${KEY}": "x" } }],
    ["base64 with line breaks", { binaryData: { x: `${b64("abcdef")}\r\n${b64("abc")}\n` } }],
  ])("taken: %s", async (_, fields) => {
    expect(await refusals("ConfigMap", fields)).toEqual([]);
  });

  test("metadata that the API server refuses", async () => {
    expect(await refusals("ConfigMap", {}, { labels: { a: 5 } })).toEqual([
      expect.stringMatching(/metadata.labels.a must be a string/),
    ]);
    expect(await refusals("ConfigMap", {}, { labels: { a: "x y" } })).toEqual([
      expect.stringMatching(/metadata.labels.a is "x y"/),
    ]);
    expect(await refusals("ConfigMap", {}, { labels: { a: "${VERSION}" } })).toEqual([]);
  });
});

describe("Secrets", () => {
  const typed = (type: string, data: Manifest = {}): Manifest => ({ type: `kubernetes.io/${type}`, data });
  const account = { annotations: { "kubernetes.io/service-account.name": "a" } };

  test.each<[string, Manifest, RegExp, Manifest?]>([
    ["plain text", { data: { BIND: "0.0.0.0" } }, /data.BIND is not standard base64/],
    ["the alphabet of URLs", { data: { x: "-_-_" } }, /data.x is not standard base64/],
    ["no padding", { data: { x: "YQ" } }, /data.x is not standard base64/],
    ["padding in the middle", { data: { x: "YQ==YQ==" } }, /data.x is not standard base64/],
    ["a space", { data: { x: "YWJj ZGVm" } }, /data.x is not standard base64/],
    ["a number in data", { data: { x: 1234 } }, /data.x must be a string, not a number/],
    ["a number in stringData", { stringData: { N: 5 } }, /stringData.N must be a string, not a number/],
    ["a key with a space", { stringData: { "a b": "x" } }, /does not have an allowed key/],
    ["a type that is no text", { type: 5 }, /type must be a string/],
    ["more than 1 MiB", { data: { x: b64("x".repeat(MIB + 1)) } }, /data exceeds/],
    ["a certificate without its key", typed("tls", { "tls.crt": b64("x") }), /data\["tls.key"\] is missing/],
    ["no registry credentials", typed("dockerconfigjson"), /data\["\.dockerconfigjson"\] is missing/],
    [
      "registry credentials that are no JSON",
      typed("dockerconfigjson", { ".dockerconfigjson": b64("{") }),
      /is not a JSON object/,
    ],
    [
      "registry credentials that are a list",
      typed("dockercfg", { ".dockercfg": b64("[]") }),
      /is not a JSON/,
    ],
    ["no user", typed("basic-auth", { x: "" }), /data.username is missing/],
    [
      "an empty SSH key",
      typed("ssh-auth", { "ssh-privatekey": "" }),
      /data\["?ssh-privatekey"?\] is missing/,
    ],
    ["a token of no account", typed("service-account-token"), /service-account.name"\] is missing/],
  ])("refused: %s", async (_, fields, expected, metadata) => {
    expect(await refusals("Secret", fields, metadata)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Manifest, Manifest?]>([
    ["base64", { data: { a: b64("a"), b: b64("ab"), c: b64("abc"), d: "" } }],
    ["line breaks, also in the padding", { data: { x: "YW\nJj\r\nYQ=\n=\n" } }],
    ["a value of null", { data: { x: null }, stringData: { y: null } }],
    ["encrypted by SOPS", { data: { x: "ENC[AES256_GCM,data:abc,type:str]" } }],
    ["a template", { data: { x: "${PASSWORD}" } }],
    ["a type of one's own", { type: "shop.example/key", data: {} }],
    ["a certificate by both maps", typed("tls", { "tls.crt": "" })],
    ["registry credentials", typed("dockerconfigjson", { ".dockerconfigjson": b64('{"auths":{}}') })],
    ["JSON null", typed("dockercfg", { ".dockercfg": b64("null") })],
    ["credentials that are filled in later", typed("dockercfg", { ".dockercfg": "ENC[x]" })],
    ["a password alone", typed("basic-auth", { password: "" })],
    ["an SSH key", typed("ssh-auth", { "ssh-privatekey": b64("x") })],
    ["a token of an account", typed("service-account-token"), account],
  ])("taken: %s", async (_, fields, metadata) => {
    const more = fields["type"] === "kubernetes.io/tls" ? { stringData: { "tls.key": "x" } } : {};
    expect(await refusals("Secret", { ...fields, ...more }, metadata)).toEqual([]);
  });

  test("stringData is written over data", async () => {
    const [data, stringData] = [{ x: b64("x".repeat(MIB)) }, { x: "y" }];
    expect(await refusals("Secret", { data, stringData })).toEqual([]);
  });

  test("a value is not shown", async () => {
    const [found] = await refusals("Secret", { data: { x: "hunter2!" } });
    expect(found).not.toContain("hunter2");
  });
});

describe("PersistentVolumeClaims", () => {
  const spec = (fields: Manifest = {}): Manifest => ({
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...fields },
  });
  const storage = (amount: unknown) => spec({ resources: { requests: { storage: amount } } });

  test.each<[string, Manifest, RegExp]>([
    ["no access modes", spec({ accessModes: undefined }), /spec.accessModes is missing/],
    ["an empty list", spec({ accessModes: [] }), /spec.accessModes is missing/],
    ["an unknown mode", spec({ accessModes: ["RWO"] }), /accessModes\[0\] is "RWO" and must be one of/],
    ["a mode that is no text", spec({ accessModes: [5] }), /accessModes\[0\] must be a string/],
    [
      "ReadWriteOncePod beside another",
      spec({ accessModes: ["ReadWriteOncePod", "ReadWriteMany"] }),
      /cannot contain anything beside/,
    ],
    ["no request", spec({ resources: {} }), /resources.requests.storage is missing/],
    ["a request of no quantity", storage("much"), /storage must be a quantity/],
    ["a request of 0", storage(0), /storage is 0 and must be a quantity above 0/],
    ["an unknown volume mode", spec({ volumeMode: "Disk" }), /volumeMode is "Disk"/],
    ["a class in capitals", spec({ storageClassName: "Fast" }), /storageClassName is "Fast"/],
    ["a class that is no text", spec({ storageClassName: 5 }), /storageClassName must be a string/],
  ])("refused: %s", async (_, fields, expected) => {
    expect(await refusals("PersistentVolumeClaim", fields)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Manifest]>([
    ["a claim", spec()],
    ["a class and a mode", spec({ storageClassName: "fast", volumeMode: "Block" })],
    ["no class", spec({ storageClassName: "" })],
    ["two modes", spec({ accessModes: ["ReadWriteOnce", "ReadOnlyMany"] })],
    ["a number of bytes", storage(1_000_000)],
    ["a request that is filled in later", storage("${SIZE}")],
    ["modes that are filled in later", spec({ accessModes: "${MODES}", storageClassName: "${CLASS}" })],
  ])("taken: %s", async (_, fields) => {
    expect(await refusals("PersistentVolumeClaim", fields)).toEqual([]);
  });
});

describe("which workload is concerned", () => {
  const wrong = { data: { N: 5 } };

  test.each<[string, Manifest]>([
    ["a variable", { env: [{ name: "N", valueFrom: { configMapKeyRef: { name: "it", key: "M" } } }] }],
    ["all keys", { envFrom: [{ configMapRef: { name: "it" } }] }],
  ])("a container that uses it: %s", async (_, fields) => {
    const own = deployment({ pod: podSpec({ containers: [container(fields)] }) });
    expect(await refusedIn([own, object("ConfigMap", wrong)])).toHaveLength(1);
  });

  test("a pod that pulls its image with it", async () => {
    const own = deployment({
      pod: podSpec({ containers: [container({})], imagePullSecrets: [{ name: "it" }] }),
    });
    expect(await refusedIn([own, object("Secret", wrong)])).toHaveLength(1);
  });

  test.each<[string, Manifest]>([
    ["another name", object("ConfigMap", wrong, { name: "other" })],
    ["another kind of this name", object("Secret", wrong)],
    ["another namespace", object("ConfigMap", wrong, { namespace: "other" })],
    ["another API", { ...object("ConfigMap", wrong), apiVersion: "example.org/v1" }],
  ])("not: %s", async (_, other) => {
    expect(await refusedIn([user("ConfigMap"), other])).toEqual([]);
  });

  test("not a Pod that the cluster has", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web", namespace: NAMESPACE, resourceVersion: "12" },
      spec: podSpec({
        containers: [container({})],
        volumes: [{ name: "v", configMap: { name: "it" } }],
      }),
    };
    expect(await refusedIn([pod, object("ConfigMap", wrong)])).toEqual([]);
  });
});
