// Rows 10 and 11: ConfigMaps and Secrets of a folder, given in every way that Kubernetes knows.

import { gzipSync } from "node:zlib";
import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { Manifest } from "../../fixtures/manifests.ts";
import { KEY } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";
import type { Given } from "../given/given.ts";
import { image } from "../given/image.ts";

const DRAWN = ["x9Kq2LmZ8v", "Tr4WbNf71"].join("");
const IN_CLEAR = "1.4: whoever reads the repository reads it.";

function map(fields: Manifest, metadata: Manifest = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "own", namespace: "aides", ...metadata },
    ...fields,
  };
}

function secret(fields: Manifest, metadata: Manifest = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "own", namespace: "aides", ...metadata },
    ...fields,
  };
}

function volume(fields: Manifest): Manifest {
  return web(
    { envFrom: [] },
    {
      volumes: [
        { name: "tmp", emptyDir: {} },
        { name: "v", ...fields },
      ],
    },
  );
}

function from(fields: Manifest): Manifest {
  return web({ envFrom: [fields], env: [] });
}

function gzipped(text: string): string {
  return gzipSync(text).toString("base64");
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

const PASSWORD = { data: { DB_PASSWORD: "Hiver2024!" } };
const OWN = { configMapRef: { name: "own" } };

export const cases: Cases = [
  {
    name: "in an image: a Secret that says SOPS, and is in clear",
    given: image({
      files: {
        "app/k8s/db.yaml":
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  uri: Hiver2024!x9\nsops:\n  version: 3.9.0\n",
      },
    }),
    expect: { "no-baked-state": "no" },
    why: "What is encrypted shows it itself.",
  },
  {
    name: "in an image: a Secret that SOPS has encrypted",
    given: image({
      files: {
        "app/k8s/db.yaml":
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  uri: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UTk==,type:str]\nsops:\n  version: 3.9.0\n",
      },
    }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "Nobody reads it without the key.",
  },
  config(
    "an optional ConfigMap that is there, with a password",
    from({ configMapRef: { name: "own", optional: true } }),
    map(PASSWORD),
    "no",
    IN_CLEAR,
  ),
  config(
    "an optional ConfigMap that is not there",
    from({ configMapRef: { name: "absent", optional: true } }),
    map(PASSWORD),
    "yes",
    "The pod is not given this one.",
  ),
  config(
    "a ConfigMap without a namespace",
    from(OWN),
    map(PASSWORD, { namespace: undefined }),
    "no",
    "It is applied where the workload is.",
  ),
  config(
    "a ConfigMap of another namespace",
    from(OWN),
    map(PASSWORD, { namespace: "other" }),
    "yes",
    "The pod cannot be given it.",
  ),
  config(
    "a ConfigMap with the hash of Kustomize in its name",
    from({ configMapRef: { name: "own-7f5d8c2k9b" } }),
    map(PASSWORD, { name: "own-7f5d8c2k9b" }),
    "no",
    IN_CLEAR,
  ),
  config("an immutable ConfigMap", from(OWN), map({ ...PASSWORD, immutable: true }), "no", IN_CLEAR),
  config(
    "binaryData with a private key, mounted",
    volume({ configMap: { name: "own" } }),
    map({ binaryData: { "tls.key": base64(KEY) } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "binaryData with gzip of settings with a password, mounted",
    volume({ configMap: { name: "own" } }),
    map({ binaryData: { a: gzipped(`DB_PASSWORD=${DRAWN}`) } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "binaryData with gzip of settings without a secret",
    volume({ configMap: { name: "own" } }),
    map({ binaryData: { a: gzipped("DB_HOST=pg\nDB_PASSWORD_FILE=/run/secrets/db\n") } }),
    "yes",
    "No secret in it.",
  ),
  config(
    "settings with a password, under a key without an ending",
    volume({ configMap: { name: "own" } }),
    map({ data: { a: `DB_HOST=pg\nDB_PASSWORD=${DRAWN}\n` } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "binaryData with a picture",
    volume({ configMap: { name: "own" } }),
    map({ binaryData: { "logo.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]).toString("base64") } }),
    "yes",
    "A picture.",
  ),
  config(
    "a projected volume with a ConfigMap",
    volume({ projected: { sources: [{ configMap: { name: "own" } }] } }),
    map({ data: { "app.yml": "password: Hiver2024!\n" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a projected volume with a Secret",
    volume({ projected: { sources: [{ secret: { name: "own" } }] } }),
    secret({ stringData: { password: "Hiver2024!" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "one key of a ConfigMap, by its path",
    volume({ configMap: { name: "own", items: [{ key: "app.yml", path: "app.yml" }] } }),
    map({ data: { "app.yml": "password: Hiver2024!\n" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a ConfigMap whose JSON holds a token",
    volume({ configMap: { name: "own" } }),
    map({ data: { "app.json": '{"api_token": "4f9a7c1e2b8d6035"}' } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a ConfigMap whose script writes a password",
    volume({ configMap: { name: "own" } }),
    map({ data: { "init.sh": "#!/bin/sh\necho 'password: Hiver2024!' > /tmp/app.yml\n" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a ConfigMap whose script curls with a password",
    volume({ configMap: { name: "own" } }),
    map({ data: { "init.sh": "#!/bin/sh\ncurl -uci:Hiver2024! https://x.gouv.fr\n" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a ConfigMap that holds a Secret's manifest",
    volume({ configMap: { name: "own" } }),
    map({
      data: {
        "db.yaml": `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  uri: Hiver2024!x9\n`,
      },
    }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret by envFrom",
    from({ secretRef: { name: "own" } }),
    secret({ stringData: { DB_PASSWORD: "Hiver2024!" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "an immutable Secret",
    from({ secretRef: { name: "own" } }),
    secret({ immutable: true, data: { DB_PASSWORD: base64("Hiver2024!") } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret whose data is not in base64",
    from({ secretRef: { name: "own" } }),
    secret({ data: { DB_PASSWORD: "Hiver2024!" } }),
    "no",
    "Kubernetes refuses it, and the repository holds the password.",
  ),
  config(
    "a Secret whose data is a template",
    from({ secretRef: { name: "own" } }),
    secret({ data: { DB_PASSWORD: "${DB_PASSWORD_BASE64}" } }),
    "yes",
    "Something fills it in.",
  ),
  config(
    "a Secret whose stringData is a template of envsubst",
    from({ secretRef: { name: "own" } }),
    secret({ stringData: { DB_PASSWORD: "$DB_PASSWORD", URL: "postgres://portal:${DB_PASSWORD}@pg/x" } }),
    "yes",
    "Something fills it in.",
  ),
  config(
    "a Secret of Argo CD's Vault plugin",
    from({ secretRef: { name: "own" } }),
    secret({ stringData: { DB_PASSWORD: "<path:secret/data/aides#password>" } }),
    "yes",
    "Something fills it in.",
  ),
  config(
    "a Secret that SOPS has encrypted",
    from({ secretRef: { name: "own" } }),
    secret({
      stringData: { DB_PASSWORD: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UTk==,type:str]" },
      sops: { version: "3.9.0" },
    }),
    "yes",
    "Nobody reads it without the key.",
  ),
  config(
    "a Secret that says SOPS, and is in clear",
    from({ secretRef: { name: "own" } }),
    secret({
      stringData: { DB_PASSWORD: "Hiver2024!" },
      sops: { encrypted_regex: "^nothing$", version: "3.9.0" },
    }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret without data",
    from({ secretRef: { name: "own" } }),
    secret({ type: "Opaque" }),
    "yes",
    "It holds nothing.",
  ),
  config(
    "a Secret with generateName",
    from({ secretRef: { name: "x" } }),
    secret({ stringData: { password: "Hiver2024!" } }, { name: undefined, generateName: "own-" }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret that the pod's image is pulled with",
    web({}, { imagePullSecrets: [{ name: "own" }] }),
    secret({
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": `{"auths":{"r.gouv.fr":{"auth":"${base64("robot:Hiver2024!")}"}}}` },
    }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret with basic authentication",
    from({ secretRef: { name: "own" } }),
    secret({ type: "kubernetes.io/basic-auth", stringData: { username: "portal", password: "Hiver2024" } }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a Secret of a bootstrap token",
    from({ secretRef: { name: "own" } }),
    secret({
      type: "bootstrap.kubernetes.io/token",
      stringData: { "token-id": "abcdef", "token-secret": "0123456789abcdef" },
    }),
    "no",
    IN_CLEAR,
  ),
  config(
    "a SealedSecret whose template holds a password in clear",
    web(),
    {
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "aides-db", namespace: "aides" },
      spec: {
        encryptedData: { a: "AgBy3i4OJSWK" },
        template: { data: { "app.yml": "password: Hiver2024!\n" } },
      },
    },
    "no",
    "Its template is not encrypted.",
  ),
  config(
    "an ExternalSecret whose template holds a password in clear",
    web(),
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "aides-db", namespace: "aides" },
      spec: { target: { template: { data: { "app.yml": "user: portal\npassword: Hiver2024!\n" } } } },
    },
    "no",
    "Its template is what the Secret will hold.",
  ),
  config(
    "an ExternalSecret whose template takes its values from the store",
    web(),
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "aides-db", namespace: "aides" },
      spec: {
        target: {
          template: {
            data: {
              "app.yml":
                "user: portal\npassword: {{ .password }}\nurl: 'postgres://portal:{{ .password }}@pg/x'\n",
            },
          },
        },
      },
    },
    "yes",
    "The store gives them.",
  ),

  config(
    "a variable of another variable",
    web({ env: [{ name: "DB_PASSWORD", value: "$(OTHER)" }] }),
    map({}),
    "yes",
    "A reference.",
  ),
  config(
    "a password that is empty",
    web({ env: [{ name: "DB_PASSWORD", value: "" }] }),
    map({}),
    "yes",
    "Nothing.",
  ),
  config(
    "a password under a name without words",
    web({ env: [{ name: "dbpassword", value: "Hiver2024!" }] }),
    map({}),
    "no",
    IN_CLEAR,
  ),
  config(
    "a password in an annotation that kubectl keeps",
    web({}, {}),
    map({}, { annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" } }),
    "yes",
    "Nothing in it.",
  ),
  config(
    "a password in an exec probe",
    web({ livenessProbe: { exec: { command: ["redis-cli", "-a", "Hiver2024", "ping"] } } }),
    map({}),
    "no",
    IN_CLEAR,
  ),
  config(
    "a token in a probe's header",
    web({
      readinessProbe: {
        httpGet: { port: 8080, path: "/", httpHeaders: [{ name: "X-Api-Key", value: "4f9a7c1e2b8d6035" }] },
      },
    }),
    map({}),
    "no",
    IN_CLEAR,
  ),

  mode(
    "NODE_ENV=development by a ConfigMap of another namespace",
    from(OWN),
    map({ data: { NODE_ENV: "development" } }, { namespace: "other" }),
    "unproven",
    "The pod cannot be given it.",
  ),
  mode(
    "NODE_ENV=development by an optional ConfigMap that is there",
    from({ configMapRef: { name: "own", optional: true } }),
    map({ data: { NODE_ENV: "development" } }),
    "no",
    "The process sees it.",
  ),
  mode(
    "NODE_ENV=development by binaryData",
    from(OWN),
    map({ binaryData: { NODE_ENV: base64("development") } }),
    "unproven",
    "binaryData becomes no variable.",
  ),
  mode(
    "the later of two ConfigMaps",
    web({ env: [], envFrom: [OWN, { configMapRef: { name: "later" } }] }),
    map({ data: { NODE_ENV: "development" } }),
    "unproven",
    "The later one wins.",
    map({ data: { NODE_ENV: "production" } }, { name: "later" }),
  ),
  mode(
    "the earlier of two ConfigMaps",
    web({ env: [], envFrom: [{ configMapRef: { name: "later" } }, OWN] }),
    map({ data: { NODE_ENV: "development" } }),
    "no",
    "The later one wins.",
    map({ data: { NODE_ENV: "production" } }, { name: "later" }),
  ),
];

function config(name: string, workload: Manifest, object: Manifest, answer: Answer, why: string): Case {
  return one(name, manifests(workload, object), "env-config", answer, why);
}

function mode(
  name: string,
  workload: Manifest,
  object: Manifest,
  answer: Answer,
  why: string,
  ...more: readonly Manifest[]
): Case {
  return one(name, manifests(workload, object, ...more), "twelve-factor", answer, why);
}

function one(name: string, given: Given, row: RowId, answer: Answer, why: string): Case {
  return { name, given, expect: { [row]: answer }, ...(answer === "no" ? {} : { trap: true }), why };
}
