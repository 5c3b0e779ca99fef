import { describe, expect, test } from "vitest";
import { givenInputs, INPUT_IMAGE, type InputCase, object } from "../../../../test/fixtures/given-inputs.ts";
import type { VolumeFacts } from "../../../contract/volume-facts.ts";
import { limitsOf } from "./bound-settings.ts";
import { compareInputs } from "./compare-inputs.ts";
import { declaredInputs } from "./declared-inputs.ts";

/** `same`, the difference, or the reservations. */
function compared(tried: InputCase, judged: InputCase): string | readonly string[] {
  const { inputs } = givenInputs(tried).subject;
  if (inputs === undefined) throw new Error("no inputs");
  const { placed, objects } = givenInputs(judged);
  const found = compareInputs(inputs, {
    declared: declaredInputs({ placed, objects }),
    imageEnv: INPUT_IMAGE.config.env,
    ...(placed === undefined ? {} : { manifest: limitsOf(placed, {}) }),
  });
  if ("difference" in found) return found.difference.en;
  return found.reservations.length === 0 ? "same" : found.reservations.map(({ en }) => en);
}

function literal(value: string): InputCase {
  return { spec: { env: [{ name: "HOST", value }] } };
}

function probed(path: string, port = 8_080): InputCase {
  return { spec: { readinessProbe: { httpGet: { path, port } } } };
}

type Probe = NonNullable<NonNullable<InputCase["spec"]>["readinessProbe"]>;

/** A probe beside a container port named `http`. */
function probing(readinessProbe: Probe, containerPort = 8_080): InputCase {
  return { spec: { readinessProbe, ports: [{ name: "http", containerPort }] } };
}

function stopping(httpGet: Probe["httpGet"]): InputCase {
  return {
    spec: {
      lifecycle: { preStop: { httpGet: httpGet ?? {} } },
      ports: [{ name: "http", containerPort: 8_080 }],
    },
  };
}

function ported(containerPort: number): NonNullable<InputCase["spec"]> {
  return { ports: [{ containerPort }] };
}

function fromMap(host?: string, optional?: boolean): InputCase {
  const ref = { name: "web", key: "host", ...(optional === undefined ? {} : { optional }) };
  return {
    spec: { env: [{ name: "HOST", valueFrom: { configMapKeyRef: ref } }] },
    ...(host === undefined ? {} : { objects: object("ConfigMap", "web", { host }) }),
  };
}

function mounted(facts: Partial<VolumeFacts>, more: InputCase = {}): InputCase {
  return {
    spec: { volumeMounts: [{ name: "v", mountPath: "/etc/app" }] },
    pod: { volumes: [{ name: "v", sources: Object.keys(facts), ...facts }] },
    ...more,
  };
}

/** A Service of the container's port. */
const CALLING = `${JSON.stringify({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: { app: "web" }, ports: [{ port: 8_080 }] },
})}\n---\n`;
const ROUTED = "the host of an Ingress or a route";

/** A workload that an Ingress of this host leads to. */
function routed(host: string): InputCase {
  const paths = [{ backend: { service: { name: "web", port: { number: 8_080 } } } }];
  const ingress = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web" } };
  return {
    spec: ported(8_080),
    pod: { enableServiceLinks: false },
    labels: { app: "web" },
    objects: CALLING + JSON.stringify({ ...ingress, spec: { rules: [{ host, http: { paths } }] } }),
  };
}

const SECRET = { env: [{ name: "URL", valueFrom: { secretKeyRef: { name: "db", key: "url" } } }] };
const MAP = { configMap: { name: "web" } };
const YAML = (text: string) => object("ConfigMap", "web", { "app.yml": text });
const HTTP = { path: "/healthz", port: 8_080 };
const OTHER = (what: string) => `the trial lacked an input that the manifest gives: ${what}`;
const HOST_DIFFERS = OTHER("the variable HOST");

describe("a probe or hook as the API server stores it", () => {
  test.each<[string, InputCase, InputCase, string]>([
    ["scheme HTTP", probing({ httpGet: HTTP }), probing({ httpGet: { ...HTTP, scheme: "HTTP" } }), "same"],
    [
      "scheme HTTPS",
      probing({ httpGet: HTTP }),
      probing({ httpGet: { ...HTTP, scheme: "HTTPS" } }),
      OTHER("the probes"),
    ],
    ["path /", probing({ httpGet: { port: 80 } }), probing({ httpGet: { port: 80, path: "/" } }), "same"],
    [
      "an empty host and no headers",
      probing({ httpGet: HTTP }),
      probing({ httpGet: { ...HTTP, host: "", httpHeaders: [] } }),
      "same",
    ],
    [
      "a header",
      probing({ httpGet: HTTP }),
      probing({ httpGet: { ...HTTP, httpHeaders: [{ name: "Host", value: "a" }] } }),
      OTHER("the probes"),
    ],
    [
      "another host",
      probing({ httpGet: HTTP }),
      probing({ httpGet: { ...HTTP, host: "a" } }),
      OTHER("the probes"),
    ],
    ["a port's name", probing({ httpGet: HTTP }), probing({ httpGet: { ...HTTP, port: "http" } }), "same"],
    [
      "a name of no port",
      probing({ httpGet: HTTP }),
      probing({ httpGet: { ...HTTP, port: "web" } }),
      OTHER("the probes"),
    ],
    [
      "the name of another port",
      probing({ httpGet: { ...HTTP, port: 9_090 } }),
      probing({ httpGet: { ...HTTP, port: "http" } }),
      OTHER("the probes"),
    ],
    [
      "a port's name for a TCP probe",
      probing({ tcpSocket: { port: 8_080 } }),
      probing({ tcpSocket: { port: "http", host: "" } }),
      "same",
    ],
    [
      "a TCP probe of another port",
      probing({ tcpSocket: { port: 9_090 } }),
      probing({ tcpSocket: { port: "http" } }),
      OTHER("the probes"),
    ],
    [
      "an HTTP probe for a TCP probe",
      probing({ tcpSocket: { port: 8_080 } }),
      probing({ httpGet: HTTP }),
      OTHER("the probes"),
    ],
    [
      "gRPC's empty service",
      probing({ grpc: { port: 80 } }),
      probing({ grpc: { port: 80, service: "" } }),
      "same",
    ],
    [
      "gRPC's service",
      probing({ grpc: { port: 80 } }),
      probing({ grpc: { port: 80, service: "a" } }),
      OTHER("the probes"),
    ],
    ["a hook's scheme and port", stopping(HTTP), stopping({ ...HTTP, port: "http", scheme: "HTTP" }), "same"],
    [
      "a hook's other path",
      stopping(HTTP),
      stopping({ ...HTTP, path: "/stop" }),
      OTHER("lifecycle (postStart, preStop)"),
    ],
  ])("%s", (_, tried, judged, expected) => {
    expect(compared(tried, judged)).toBe(expected);
  });
});

test("evidence of an image alone proves nothing where users call it by a host name", () => {
  const expected = expect.stringContaining("an Ingress or a route calls it by a host name");
  const temporary = { volumeMounts: [{ name: "t", mountPath: "/tmp" }], ...ported(8_080) };
  const volumes = [{ name: "t", sources: ["emptyDir"], emptyDir: {} }];
  const judged = { ...routed("a.example"), spec: temporary, pod: { enableServiceLinks: false, volumes } };
  expect(compared({}, judged)).toEqual([expected]);
  expect(compared({}, { ...judged, objects: CALLING })).toBe("same");
});

describe("evidence of one manifest for another", () => {
  test.each<[string, InputCase, InputCase, string]>([
    ["the same literal", literal("0.0.0.0"), literal("0.0.0.0"), "same"],
    ["the same probe", probed("/healthz"), probed("/healthz"), "same"],
    ["a probe of another path", probed("/healthz"), probed("/nope"), OTHER("the probes")],
    ["a probe of another port", probed("/healthz"), probed("/healthz", 9_090), OTHER("the probes")],
    ["a probe where there was none", { spec: {} }, probed("/healthz"), "same"],
    ["no probe where there was one", probed("/healthz"), { spec: {} }, OTHER("the probes")],
    ["another port", { spec: ported(8_080) }, { spec: ported(9_090) }, OTHER("the ports declared")],
    ["a port more", { spec: {} }, { spec: ported(9_090) }, OTHER("the ports declared")],
    ["the same host of an Ingress", routed("a.example"), routed("a.example"), "same"],
    ["another host of an Ingress", routed("a.example"), routed("b.example"), OTHER(ROUTED)],
    [
      "an Ingress where there was none",
      { ...routed("a.example"), objects: CALLING },
      routed("a.example"),
      OTHER(ROUTED),
    ],
    ["another literal", literal("0.0.0.0"), literal("127.0.0.1"), HOST_DIFFERS],
    ["the same value, by a ConfigMap", literal("0.0.0.0"), fromMap("0.0.0.0"), "same"],
    ["another value in the ConfigMap", fromMap("0.0.0.0"), fromMap("127.0.0.1"), HOST_DIFFERS],
    ["a ConfigMap that is elsewhere, here", fromMap("0.0.0.0"), fromMap(), HOST_DIFFERS],
    ["a ConfigMap that was elsewhere, there", fromMap(), fromMap("0.0.0.0"), HOST_DIFFERS],
    [
      "one that was stood in for, elsewhere here too",
      { ...fromMap(), settings: { env: { HOST: "x" } } },
      fromMap(),
      "same",
    ],
    [
      "one that was stood in for, and is here",
      { ...fromMap(), settings: { env: { HOST: "x" } } },
      fromMap("y"),
      HOST_DIFFERS,
    ],
    ["one that is optional here", fromMap("0.0.0.0"), fromMap("0.0.0.0", true), "same"],
    [
      "an optional key that the ConfigMap lacks, and no variable",
      { ...fromMap(undefined, true), objects: object("ConfigMap", "web", {}) },
      { spec: {} },
      "same",
    ],
    [
      "another key of the Secret",
      { spec: SECRET },
      { spec: { env: [{ name: "URL", valueFrom: { secretKeyRef: { name: "db", key: "other" } } }] } },
      OTHER("the variable URL"),
    ],
    [
      "a Secret that is here, and was not there",
      { spec: SECRET },
      { spec: SECRET, objects: object("Secret", "db", { url: "x" }) },
      "same",
    ],
    [
      "a literal for a Secret",
      { spec: SECRET },
      { spec: { env: [{ name: "URL", value: "x" }] } },
      OTHER("the variable URL"),
    ],
    [
      "what takes from a Secret, otherwise",
      { spec: { env: [...SECRET.env, { name: "HOST", value: "a$(URL)" }] } },
      { spec: { env: [...SECRET.env, { name: "HOST", value: "b$(URL)" }] } },
      HOST_DIFFERS,
    ],
    [
      "the same value, by $(NAME)",
      {
        spec: {
          env: [
            { name: "A", value: "0.0" },
            { name: "HOST", value: "$(A).0.0" },
          ],
        },
      },
      {
        spec: {
          env: [
            { name: "A", value: "0.0" },
            { name: "HOST", value: "0.0.0.0" },
          ],
        },
      },
      "same",
    ],
    [
      "two of envFrom in another order",
      { spec: { envFrom: [{ secretRef: { name: "a" } }, { secretRef: { name: "b" } }] } },
      { spec: { envFrom: [{ secretRef: { name: "b" } }, { secretRef: { name: "a" } }] } },
      OTHER("envFrom"),
    ],
    ["the label of another environment", labelled("staging"), labelled("prod"), OTHER("the variable ENV")],
    ["the same label", labelled("prod"), labelled("prod"), "same"],
    ["a label that the controller makes", revised("Deployment"), revised("Deployment"), "same"],
    [
      "a label that one controller makes and another does not",
      revised("Deployment"),
      revised("ReplicaSet"),
      OTHER("the variable REVISION"),
    ],
    [
      "the namespace of another environment",
      namespaced("staging"),
      namespaced("prod"),
      OTHER("the variable NS"),
    ],
    ["a limit that a variable tells", limited("1Gi"), limited("64Mi"), OTHER("the variable MEMORY")],
    ["a limit that a variable tells, in other words", limited("1Gi"), limited("1024Mi"), "same"],
    [
      "a file with other contents",
      mounted(MAP, { objects: YAML("a") }),
      mounted(MAP, { objects: YAML("b") }),
      OTHER("the file /etc/app/app.yml"),
    ],
    [
      "a file with the same contents",
      mounted(MAP, { objects: YAML("a") }),
      mounted(MAP, { objects: YAML("a") }),
      "same",
    ],
    [
      "a file with the same contents, by a projected volume",
      mounted(MAP, { objects: YAML("a") }),
      mounted({ projected: { sources: [MAP] } }, { objects: YAML("a") }),
      "same",
    ],
    [
      "a bundle of the cluster's authorities more",
      mounted({ projected: { sources: [MAP] } }, { objects: YAML("a") }),
      mounted(
        { projected: { sources: [MAP, { clusterTrustBundle: { name: "roots", path: "ca.pem" } }] } },
        { objects: YAML("a") },
      ),
      OTHER("the mount /etc/app"),
    ],
    [
      "a certificate of the pod at another path",
      mounted({ projected: { sources: [{ podCertificate: { keyPath: "a.pem" } }] } }),
      mounted({ projected: { sources: [{ podCertificate: { keyPath: "b.pem" } }] } }),
      OTHER("the mount /etc/app"),
    ],
    [
      "a file with another mode",
      mounted(MAP, { objects: YAML("a") }),
      mounted({ configMap: { name: "web", defaultMode: 0o400 } }, { objects: YAML("a") }),
      OTHER("the mount /etc/app"),
    ],
    [
      "a claim for an emptyDir",
      mounted({ emptyDir: {} }),
      mounted({ persistentVolumeClaim: { claimName: "c" } }),
      OTHER("the mount /etc/app"),
    ],
    [
      "a smaller emptyDir",
      mounted({ emptyDir: {} }),
      mounted({ emptyDir: { sizeLimit: "1Mi" } }),
      OTHER("the size of the volume /etc/app"),
    ],
    [
      "a mount that cannot be written",
      mounted({ emptyDir: {} }),
      {
        ...mounted({ emptyDir: {} }),
        spec: { volumeMounts: [{ name: "v", mountPath: "/etc/app", readOnly: true }] },
      },
      OTHER("the mount /etc/app"),
    ],
    [
      "a hook more",
      { spec: { lifecycle: { preStop: { sleep: { seconds: 5 } } } } },
      { spec: {} },
      OTHER("lifecycle (postStart, preStop)"),
    ],
    [
      "a probe that runs a command",
      { spec: { livenessProbe: { exec: { command: ["sh"] } } } },
      { spec: {} },
      OTHER("the command of a probe"),
    ],
    [
      "a probe's command that may take less time",
      { spec: { livenessProbe: { exec: { command: ["sh"] }, timeoutSeconds: 5 } } },
      { spec: { livenessProbe: { exec: { command: ["sh"] } } } },
      OTHER("the command of a probe"),
    ],
    [
      "a probe's command with the default time, said and unsaid",
      { spec: { livenessProbe: { exec: { command: ["sh"] }, timeoutSeconds: 1 } } },
      { spec: { livenessProbe: { exec: { command: ["sh"] } } } },
      "same",
    ],
    [
      "a token of the account less",
      { spec: {} },
      { spec: {}, pod: { automountServiceAccountToken: false } },
      OTHER("automountServiceAccountToken"),
    ],
    [
      "a variable more, beside envFrom",
      { spec: { ...literal("x").spec, envFrom: [{ secretRef: { name: "a" } }] } },
      { spec: { envFrom: [{ secretRef: { name: "a" } }] } },
      HOST_DIFFERS,
    ],
  ])("%s: %#", (_, tried, judged, says) => {
    expect(compared(tried, judged)).toBe(says);
  });

  test("more memory than the manifest gives proves nothing, less does", () => {
    const limit = (memory: string): InputCase => ({ spec: { resources: { limits: { memory } } } });
    expect(compared(limit("1Gi"), limit("64Mi"))).toEqual([
      "the trial had more memory than the manifest gives",
    ]);
    expect(compared(limit("64Mi"), limit("1Gi"))).toBe("same");
    expect(compared(limit("64Mi"), { spec: {} })).toBe("same");
    const pod = { resources: { limits: { memory: "64Mi" } } };
    expect(compared(limit("1Gi"), { spec: {}, pod })).toEqual([
      "the trial had more memory than the manifest gives",
    ]);
    expect(compared(limit("1Gi"), { ...limit("2Gi"), pod })).toEqual([
      "the trial had more memory than the manifest gives",
    ]);
    expect(compared({ ...limit("2Gi"), pod }, limit("64Mi"))).toBe("same");
    expect(compared({ spec: {}, pod: { resources: { limits: { memory: "0" } } } }, { spec: {} })).toBe(
      "same",
    );
  });
});

function revised(kind: string): InputCase {
  const fieldRef = { fieldPath: "metadata.labels['pod-template-hash']" };
  return { spec: { env: [{ name: "REVISION", valueFrom: { fieldRef } }] }, facts: { kind } };
}

function labelled(value: string): InputCase {
  const fieldRef = { fieldPath: "metadata.labels['env']" };
  return {
    spec: { env: [{ name: "ENV", valueFrom: { fieldRef } }] },
    facts: {
      pod: {
        labels: { env: value },
        annotations: {},
        spec: podOf([{ name: "ENV", valueFrom: { fieldRef } }]),
      },
    },
  };
}

function namespaced(namespace: string): InputCase {
  const fieldRef = { fieldPath: "metadata.namespace" };
  return { spec: { env: [{ name: "NS", valueFrom: { fieldRef } }] }, facts: { namespace } };
}

function limited(memory: string): InputCase {
  const resourceFieldRef = { resource: "limits.memory" };
  return {
    spec: { env: [{ name: "MEMORY", valueFrom: { resourceFieldRef } }], resources: { limits: { memory } } },
  };
}

function podOf(env: NonNullable<NonNullable<InputCase["spec"]>["env"]>) {
  return { containers: [{ name: "web", env }], initContainers: [], ephemeralContainers: [], volumes: [] };
}

describe("evidence of an image alone", () => {
  const tmp = { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };
  const volumes = [{ name: "tmp", sources: ["emptyDir"], emptyDir: { sizeLimit: "64Mi" } }];
  const on = (spec: NonNullable<InputCase["spec"]>, more: InputCase = {}): InputCase => ({
    spec: { ...spec, volumeMounts: [...tmp.volumeMounts, ...(spec.volumeMounts ?? [])] },
    pod: { volumes: [...volumes, ...(more.pod?.volumes ?? [])], automountServiceAccountToken: false },
    ...(more.objects === undefined ? {} : { objects: more.objects }),
  });
  const files = (volume: Partial<VolumeFacts>, objects?: string): InputCase =>
    on(
      { volumeMounts: [{ name: "v", mountPath: "/etc/app" }] },
      {
        pod: { volumes: [{ name: "v", sources: Object.keys(volume), ...volume }] },
        ...(objects === undefined ? {} : { objects }),
      },
    );
  const env = (name: string, value: string): InputCase => ({ settings: { env: { [name]: value } } });
  const file = (path: string, text: string): InputCase => ({ settings: { files: { [path]: text } } });
  const GAVE = (setting: string, what: string) => [`${setting} gave what the manifest does not (${what})`];

  test.each<[string, InputCase, InputCase, string | readonly string[]]>([
    ["nothing on either side", {}, {}, "same"],
    [
      "a /tmp of the manifest, with probes and a limit",
      {},
      on({ resources: { limits: { memory: "64Mi" } } }),
      "same",
    ],
    ["no /tmp in the manifest", {}, { spec: {} }, OTHER("the mount /tmp")],
    [
      "a variable with the manifest's value",
      env("HOST", "0.0.0.0"),
      on(literal("0.0.0.0").spec ?? {}),
      "same",
    ],
    [
      "a variable with another value",
      env("HOST", "0.0.0.0"),
      on(literal("127.0.0.1").spec ?? {}),
      HOST_DIFFERS,
    ],
    [
      "a variable that the manifest lacks",
      env("HOST", "0.0.0.0"),
      on({}),
      GAVE("trial.env HOST", "the variable HOST"),
    ],
    [
      "ENV of the image, replaced",
      env("NODE_ENV", "x"),
      on({}),
      GAVE("trial.env NODE_ENV", "the variable NODE_ENV"),
    ],
    ["ENV of the image, said again by the settings", env("NODE_ENV", "production"), on({}), "same"],
    [
      "the same, which envFrom may override",
      env("NODE_ENV", "production"),
      on({ envFrom: [{ secretRef: { name: "a", optional: true } }] }),
      ["trial.env NODE_ENV gave what Secret a, which is optional, may not give"],
    ],
    [
      "ENV of the image, said again by the manifest",
      {},
      on({ env: [{ name: "NODE_ENV", value: "production" }] }),
      "same",
    ],
    [
      "ENV of the image, replaced by the manifest",
      {},
      on({ env: [{ name: "NODE_ENV", value: "x" }] }),
      OTHER("the variable NODE_ENV"),
    ],
    ["a variable of a Secret", env("URL", "x"), on(SECRET), "same"],
    ["a variable of a Secret that nobody gave", {}, on(SECRET), OTHER("the variable URL")],
    [
      "a variable of a source of envFrom",
      env("HOST", "x"),
      on({ envFrom: [{ secretRef: { name: "a" } }] }),
      "same",
    ],
    [
      "a variable of an optional Secret",
      env("URL", "x"),
      on({ env: [{ name: "URL", valueFrom: { secretKeyRef: { name: "db", key: "url", optional: true } } }] }),
      ["trial.env URL gave what Secret db/url, which is optional, may not give"],
    ],
    [
      "a password, as a literal",
      env("DB_PASSWORD", "Hiver2024!"),
      on({ env: [{ name: "DB_PASSWORD", value: "Hiver2024!" }] }),
      OTHER("the variable DB_PASSWORD"),
    ],
    [
      "a file over the image's",
      file("/app/server.js", ""),
      on({}),
      GAVE("trial.files /app/server.js", "the file /app/server.js"),
    ],
    ["a file of a ConfigMap that is elsewhere", file("/etc/app/app.yml", "a"), files(MAP), "same"],
    [
      "a file of a ConfigMap with these contents",
      file("/etc/app/app.yml", "a"),
      files(MAP, YAML("a")),
      "same",
    ],
    [
      "a file of a ConfigMap with others",
      file("/etc/app/app.yml", "a"),
      files(MAP, YAML("b")),
      OTHER("the file /etc/app/app.yml"),
    ],
    [
      "a file more than the ConfigMap has",
      { settings: { files: { "/etc/app/app.yml": "a", "/etc/app/b": "" } } },
      files(MAP, YAML("a")),
      GAVE("trial.files /etc/app/b", "the file /etc/app/b"),
    ],
    ["a volume that nobody filled", {}, files(MAP), OTHER("the mount /etc/app")],
    ["an emptyDir of the manifest", { settings: { mounts: ["/etc/app"] } }, files({ emptyDir: {} }), "same"],
    [
      "an emptyDir of the settings alone",
      { settings: { mounts: ["/data"] } },
      on({}),
      GAVE("trial.mounts /data", "the mount /data"),
    ],
    [
      "a command that ran in it",
      { settings: { probes: [{ exec: ["sh"] }] } },
      on({}),
      GAVE("trial.probes", "the command of a probe"),
    ],
    [
      "a command that the manifest runs, too",
      { settings: { probes: [{ exec: ["sh"] }] } },
      on({ livenessProbe: { exec: { command: ["sh"] } } }),
      "same",
    ],
    [
      "more memory",
      { settings: { memory: "4Gi" } },
      on({ resources: { limits: { memory: "64Mi" } } }),
      ["the trial had more memory than the manifest gives"],
    ],
    [
      "a small limit that was never tried",
      {},
      on({ resources: { limits: { memory: "16Mi" } } }),
      ["the trial had more memory than the manifest gives"],
    ],
    [
      "a small limit that trial.memory kept",
      { settings: { memory: "16Mi" } },
      on({ resources: { limits: { memory: "16Mi" } } }),
      "same",
    ],
    ["more memory, where the manifest has no limit", { settings: { memory: "4Gi" } }, on({}), "same"],
    [
      "all that the settings gave, for the image alone",
      { settings: { env: { HOST: "x" }, mounts: ["/data"], files: { "/f": "" } } },
      {},
      "same",
    ],
  ])("%s: %#", (_, tried, judged, says) => {
    expect(compared(tried, judged)).toEqual(says);
  });

  test("no digest of what may be a secret, and no value at all, stands in it", () => {
    const settings = {
      env: { DB_PASSWORD: "Hiver2024!", URL: "postgres://app:Hiver2024!@db/app", HOST: "0.0.0.0" },
    };
    const { inputs } = givenInputs({ settings }).subject;
    expect(inputs?.given).toEqual([
      { place: "env DB_PASSWORD" },
      { place: "env URL" },
      { place: "env HOST", digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    expect(JSON.stringify(inputs)).not.toMatch(/Hiver|0\.0\.0\.0/);
  });
});

test("no value of a Secret that is there stands in evidence, nor its digest", () => {
  const tried = (url: string) => givenInputs({ spec: SECRET, objects: object("Secret", "db", { url }) });
  expect(tried("a").subject.inputs?.declared).toEqual(tried("b").subject.inputs?.declared);
});

test("a trial whose values are left uncompared does not count, and the bound is named", () => {
  const tried = { salt: "00", given: [], absent: [], ambiguous: [], withheld: [] };
  const host = new Map([["env HOST", { text: "0.0.0.0" }]]);
  const probing = new Map([["exec", { text: "[]" }]]);
  const named = { difference: { en: expect.stringContaining("(limit trialValueDigests)") as string } };
  for (const [trial, declared] of [
    [{ ...tried, manifest: true as const, declared: { "env HOST": "00" } }, host],
    [{ ...tried, declared: {}, given: [{ place: "env HOST", digest: "00" }] }, host],
    [{ ...tried, declared: {}, given: [{ place: "exec", digest: "00" }] }, probing],
  ] as const) {
    const judged = { declared, manifest: {}, imageEnv: [] };
    expect(compareInputs(trial, judged, () => undefined)).toMatchObject(named);
    expect(compareInputs(trial, judged, () => "00")).toEqual({ reservations: [] });
  }
});
