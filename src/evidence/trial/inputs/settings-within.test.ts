import { expect, test } from "vitest";
import { givenInputs, type InputCase, object } from "../../../../test/fixtures/given-inputs.ts";
import type { VolumeFacts } from "../../../contract/volume-facts.ts";

// Attempts to try something other than what is deployed, and honest uses. `withheld` lists settings that the
// container does not get; `given` lists stand-ins with what they replace.

const KEY_REF = { name: "db", key: "url" };
const SECRET_VARIABLE = { env: [{ name: "URL", valueFrom: { secretKeyRef: KEY_REF } }] };
const MAP_VARIABLE = {
  env: [{ name: "HOST", valueFrom: { configMapKeyRef: { name: "web", key: "host" } } }],
};
const HOST = { env: { HOST: "0.0.0.0" } };
const AT = { volumeMounts: [{ name: "v", mountPath: "/etc/app" }] };
const OVER_PROGRAM = { volumeMounts: [{ name: "v", mountPath: "/app/server.js", subPath: "server.js" }] };

function volume(facts: Partial<VolumeFacts>): NonNullable<InputCase["pod"]> {
  return { volumes: [{ name: "v", sources: Object.keys(facts), ...facts }] };
}

test.each<[string, InputCase, readonly string[]]>([
  [
    "env over a literal",
    { spec: { env: [{ name: "HOST", value: "127.0.0.1" }] }, settings: HOST },
    ["trial.env HOST"],
  ],
  [
    "env over an empty literal",
    { spec: { env: [{ name: "HOST", value: "" }] }, settings: HOST },
    ["trial.env HOST"],
  ],
  ["env that the manifest lacks", { spec: {}, settings: HOST }, ["trial.env HOST"]],
  [
    "env over ENV of the image",
    { spec: {}, settings: { env: { NODE_ENV: "development" } } },
    ["trial.env NODE_ENV"],
  ],
  [
    "env over a ConfigMap that is there",
    { spec: MAP_VARIABLE, objects: object("ConfigMap", "web", { host: "127.0.0.1" }), settings: HOST },
    ["trial.env HOST"],
  ],
  [
    "env over envFrom of a ConfigMap that is there",
    {
      spec: { envFrom: [{ configMapRef: { name: "web" } }] },
      objects: object("ConfigMap", "web", { HOST: "127.0.0.1" }),
      settings: HOST,
    },
    ["trial.env HOST"],
  ],
  [
    "env over a Secret that is there",
    {
      spec: SECRET_VARIABLE,
      objects: object("Secret", "db", { url: "sqlite" }),
      settings: { env: { URL: "x" } },
    },
    ["trial.env URL"],
  ],
  [
    "env beside a Secret of envFrom that is there",
    {
      spec: { envFrom: [{ secretRef: { name: "db" } }] },
      objects: object("Secret", "db", { url: "postgres" }),
      settings: HOST,
    },
    ["trial.env HOST"],
  ],
  [
    "env of an optional Secret, which the cluster need not have",
    {
      spec: { env: [{ name: "URL", valueFrom: { secretKeyRef: { ...KEY_REF, optional: true } } }] },
      settings: { env: { URL: "x" } },
    },
    ["trial.env URL"],
  ],
  [
    "env of an optional source of envFrom",
    { spec: { envFrom: [{ secretRef: { name: "db", optional: true } }] }, settings: HOST },
    ["trial.env HOST"],
  ],
  [
    "env without the prefix of envFrom",
    { spec: { envFrom: [{ prefix: "APP_", secretRef: { name: "db" } }] }, settings: HOST },
    ["trial.env HOST"],
  ],
  [
    "env over what the downward API gives",
    {
      spec: { env: [{ name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }] },
      settings: { env: { IP: "0.0.0.0" } },
    },
    ["trial.env IP"],
  ],
  [
    "env over a limit of the container",
    {
      spec: { env: [{ name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } }] },
      settings: { env: { MEMORY: "1" } },
    },
    ["trial.env MEMORY"],
  ],
  [
    "env over a literal that a later entry of the same name gives",
    { spec: { env: [...MAP_VARIABLE.env, { name: "HOST", value: "127.0.0.1" }] }, settings: HOST },
    ["trial.env HOST"],
  ],
  [
    "env over a literal that takes from a Secret",
    {
      spec: { env: [...SECRET_VARIABLE.env, { name: "FULL", value: "$(URL)/app" }] },
      settings: { env: { FULL: "x" } },
    },
    ["trial.env FULL"],
  ],
  [
    "a file over the program",
    { spec: {}, settings: { files: { "/app/server.js": "" } } },
    ["trial.files /app/server.js"],
  ],
  [
    "a file where nothing is mounted",
    { spec: {}, settings: { files: { "/etc/app/app.yml": "" } } },
    ["trial.files /etc/app/app.yml"],
  ],
  [
    "a file in an emptyDir",
    { spec: AT, pod: volume({ emptyDir: {} }), settings: { files: { "/etc/app/app.yml": "" } } },
    ["trial.files /etc/app/app.yml"],
  ],
  [
    "a file in a claim",
    {
      spec: AT,
      pod: volume({ persistentVolumeClaim: { claimName: "c" } }),
      settings: { files: { "/etc/app/app.yml": "" } },
    },
    ["trial.files /etc/app/app.yml"],
  ],
  [
    "a file over one of a ConfigMap that is there",
    {
      spec: AT,
      pod: volume({ configMap: { name: "web" } }),
      objects: object("ConfigMap", "web", { "app.yml": "host: 127.0.0.1" }),
      settings: { files: { "/etc/app/app.yml": "host: 0.0.0.0" } },
    },
    ["trial.files /etc/app/app.yml"],
  ],
  [
    "a file more in a ConfigMap that is there",
    {
      spec: AT,
      pod: volume({ configMap: { name: "web" } }),
      objects: object("ConfigMap", "web", { "app.yml": "" }),
      settings: { files: { "/etc/app/more.yml": "" } },
    },
    ["trial.files /etc/app/more.yml"],
  ],
  [
    "a file that the items of a ConfigMap that is elsewhere do not name",
    {
      spec: AT,
      pod: volume({ configMap: { name: "web", items: [{ key: "a", path: "a.yml" }] } }),
      settings: { files: { "/etc/app/b.yml": "" } },
    },
    ["trial.files /etc/app/b.yml"],
  ],
  [
    "the program, by a ConfigMap that is elsewhere",
    {
      spec: OVER_PROGRAM,
      pod: volume({ configMap: { name: "web" } }),
      settings: { files: { "/app/server.js": "" } },
    },
    ["trial.files /app/server.js"],
  ],
  [
    "an emptyDir where the manifest has none",
    { spec: {}, settings: { mounts: ["/data"] } },
    ["trial.mounts /data"],
  ],
  [
    "a /tmp that the manifest does not have",
    { spec: {}, settings: { mounts: ["/tmp"] } },
    ["trial.mounts /tmp"],
  ],
  ["arguments in place of CMD", { spec: {}, settings: { args: ["--host=0.0.0.0"] } }, ["trial.args"]],
  [
    "other arguments than the manifest's",
    { spec: { args: ["--port=1"] }, settings: { args: ["--port=2"] } },
    ["trial.args"],
  ],
  [
    "arguments that the manifest's command leaves out",
    { spec: { command: ["node", "server.js"] }, settings: { args: ["--port=2"] } },
    ["trial.args"],
  ],
  [
    "a value of the image's ENV that envFrom may override",
    {
      spec: { envFrom: [{ secretRef: { name: "db", optional: true } }] },
      settings: { env: { NODE_ENV: "production" } },
    },
    ["trial.env NODE_ENV"],
  ],
  [
    "a value of the image's ENV that the manifest overrides",
    { spec: { env: [{ name: "NODE_ENV", value: "x" }] }, settings: { env: { NODE_ENV: "production" } } },
    ["trial.env NODE_ENV"],
  ],
  [
    "another command than that of the manifest's probe",
    {
      spec: { readinessProbe: { exec: { command: ["ready"] } }, livenessProbe: { exec: {} } },
      settings: { probes: [{ exec: ["alive"] }] },
    },
    ["trial.probes exec"],
  ],
  [
    "a lifetime in which nothing is served",
    { spec: {}, settings: { lifetime: "batch" } },
    ["trial.lifetime"],
  ],
  ["a longer grace period than the default", { spec: {}, settings: { grace: 31 } }, ["trial.grace"]],
  [
    "a longer grace period than the manifest's",
    { spec: {}, pod: { terminationGracePeriodSeconds: 5 }, settings: { grace: 30 } },
    ["trial.grace"],
  ],
  [
    "a probe that runs a command",
    { spec: {}, settings: { probes: [{ exec: ["sh"] }] } },
    ["trial.probes exec"],
  ],
])("not given: %s", (_, attempt, withheld) => {
  const { settings, subject } = givenInputs(attempt);
  expect(subject.inputs?.withheld).toEqual(withheld);
  expect(subject.inputs?.given).toEqual([]);
  const { env, files, grace = 0, probes = [] } = settings;
  expect([env, files, probes, Object.keys(settings).includes("args"), settings.mounts]).toEqual([
    {},
    {},
    [],
    false,
    undefined,
  ]);
  expect(grace).toBeLessThanOrEqual(30);
});

test.each<[string, InputCase, Readonly<Record<string, string>>]>([
  [
    "a Secret's variable",
    { spec: SECRET_VARIABLE, settings: { env: { URL: "x" } } },
    { "env URL": "Secret db/url" },
  ],
  ["a ConfigMap's variable", { spec: MAP_VARIABLE, settings: HOST }, { "env HOST": "ConfigMap web/host" }],
  [
    "a variable of envFrom",
    { spec: { envFrom: [{ prefix: "H", secretRef: { name: "db" } }] }, settings: HOST },
    { "env HOST": "Secret db" },
  ],
  [
    "a Secret that SOPS encrypted",
    {
      spec: SECRET_VARIABLE,
      objects: object("Secret", "db", { url: "ENC[AES256_GCM,data:p6,iv:YY=,tag:UT=,type:str]" }),
      settings: { env: { URL: "x" } },
    },
    { "env URL": "Secret db/url" },
  ],
  [
    "a Secret that a template fills",
    {
      spec: { envFrom: [{ secretRef: { name: "db" } }] },
      objects: object("Secret", "db", { URL: "${DB_URL}", USER: "app" }),
      settings: { env: { URL: "x" } },
    },
    { "env URL": "Secret db" },
  ],
  [
    "a file of a Secret",
    {
      spec: AT,
      pod: volume({ secret: { secretName: "tls" } }),
      settings: { files: { "/etc/app/tls.crt": "" } },
    },
    { "file /etc/app/tls.crt": "Secret tls" },
  ],
  [
    "a file of a projected volume",
    {
      spec: AT,
      pod: volume({
        projected: { sources: [{ configMap: { name: "web", items: [{ key: "a", path: "b/a" }] } }] },
      }),
      settings: { files: { "/etc/app/b/a": "" } },
    },
    { "file /etc/app/b/a": "ConfigMap web" },
  ],
  [
    "a file mounted by its subPath",
    {
      spec: { volumeMounts: [{ name: "v", mountPath: "/etc/app.yml", subPath: "app.yml" }] },
      pod: volume({ configMap: { name: "web" } }),
      settings: { files: { "/etc/app.yml": "" } },
    },
    { "file /etc/app.yml": "ConfigMap web" },
  ],
  [
    "a file of a CSI driver that fetches secrets",
    {
      spec: AT,
      pod: volume({ csi: { driver: "secrets-store.csi.k8s.io" } }),
      settings: { files: { "/etc/app/key": "" } },
    },
    { "file /etc/app/key": "csi secrets-store.csi.k8s.io" },
  ],
  [
    "a trust bundle of the cluster",
    {
      spec: AT,
      pod: volume({ projected: { sources: [{ clusterTrustBundle: { name: "roots", path: "ca.pem" } }] } }),
      settings: { files: { "/etc/app/ca.pem": "" } },
    },
    { "file /etc/app/ca.pem": "clusterTrustBundle roots" },
  ],
])("given: %s that is elsewhere", (_, attempt, standsFor) => {
  const { inputs } = givenInputs(attempt).subject;
  expect(inputs?.given.map(({ place, standsFor: of }) => ({ place, standsFor: of }))).toEqual(
    Object.entries(standsFor).map(([place, object]) => ({ place, standsFor: object })),
  );
  expect([inputs?.withheld, inputs?.absent]).toEqual([[], []]);
});

test("what the manifest says itself, in the same words, is nothing to tell", () => {
  const spec = {
    env: [{ name: "HOST", value: "0.0.0.0" }],
    volumeMounts: [{ name: "v", mountPath: "/tmp/" }],
  };
  const settings = { ...HOST, mounts: ["/tmp"], grace: 2, lifetime: "server", warmUp: ["/"] } as const;
  const found = givenInputs({ spec, pod: volume({ emptyDir: {} }), settings });
  expect(found.subject.inputs?.withheld).toEqual([]);
  expect(found.settings).toMatchObject({ grace: 2, warmUp: ["/"] });
});

test.each<[string, InputCase]>([
  ["arguments of the manifest", { spec: { args: ["--port=1"] }, settings: { args: ["--port=1"] } }],
  [
    "arguments of the manifest behind its own command",
    { spec: { command: ["node"], args: ["server.js"] }, settings: { args: ["server.js"] } },
  ],
  ["no arguments, as the image", { spec: {}, settings: { args: [] } }],
  ["ENV of the image", { spec: {}, settings: { env: { NODE_ENV: "production" } } }],
  [
    "the command of a probe",
    {
      spec: { livenessProbe: { exec: { command: ["alive"] } } },
      settings: { probes: [{ exec: ["alive"] }, { tcp: { port: 80 } }] },
    },
  ],
])("what image or manifest do anyway is nothing to tell: %s", (_, repeated) => {
  expect(givenInputs(repeated).subject.inputs?.withheld).toEqual([]);
  expect(givenInputs(repeated).settings.args).toBeUndefined();
});

test("objects that nobody gave are named, a Secret that is there is not", () => {
  const spec = { env: [...SECRET_VARIABLE.env, ...MAP_VARIABLE.env] };
  const objects = object("Secret", "db", { url: "x" });
  expect(givenInputs({ spec, objects }).subject.inputs?.absent).toEqual(["ConfigMap web/host"]);
});

test("certificates that only the cluster has are named", () => {
  const sources = [
    { clusterTrustBundle: { signerName: "corp.fr/roots" } },
    { clusterTrustBundle: { path: "none.pem" } },
    { podCertificate: { signerName: "corp.fr/pods", credentialBundlePath: "own.pem" } },
    { podCertificate: {} },
  ];
  const given = givenInputs({ spec: AT, pod: volume({ projected: { sources } }) });
  expect(given.subject.inputs?.absent).toEqual([
    "clusterTrustBundle corp.fr/roots",
    "clusterTrustBundle ",
    "podCertificate corp.fr/pods",
    "podCertificate ",
  ]);
});
