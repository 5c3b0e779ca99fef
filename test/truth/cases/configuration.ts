// Rows 7 and 11: configuration and secrets in images and manifests.

import type { Answer } from "../../../src/contract/verdict.ts";
import { checkedToken, KEY, noise, PUBLIC_KEY } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";
import type { LayerFiles } from "../given/given.ts";
import { image } from "../given/image.ts";

const CERTIFICATE =
  "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQm9uam91ciBsZSBtb25kZSEwCgYIKoZIzj0EAwIwDTEL\n-----END CERTIFICATE-----\n";
const GITHUB = checkedToken("ghp_");
const NPM = checkedToken("npm_");
const AWS_SECRET = noise(40);

export const cases: Cases = [
  baked("a private key", { "app/key.pem": KEY }, "no", "A confirmed key."),
  baked(
    "a private key under another name",
    { "app/data.txt": KEY },
    "no",
    "Content confirms it, whatever its name.",
  ),
  baked("a private key in the home of the user", { "home/app/.ssh/id_rsa": KEY }, "no", "A confirmed key."),
  baked("a certificate", { "app/ca.pem": CERTIFICATE }, "yes", "A certificate is public."),
  baked(
    "the system's certificates",
    { "etc/ssl/certs/ca-certificates.crt": CERTIFICATE.repeat(3) },
    "yes",
    "Certificates are public.",
  ),
  baked("a public key", { "app/jwt.pub": PUBLIC_KEY }, "yes", "It is public."),
  baked(
    "a key's template",
    {
      "app/key.pem.example":
        "-----BEGIN RSA PRIVATE KEY-----\n<votre clé ici>\n-----END RSA PRIVATE KEY-----\n",
    },
    "yes",
    "A placeholder is no key.",
  ),
  baked(
    "a populated .env",
    { "app/.env": "DATABASE_PASSWORD=Xk29vLqPz7Rt\nAPI_URL=https://api.aides-interne.fr\n" },
    "no",
    "Row 7: a populated .env.",
  ),
  baked(
    "an .env.example without values",
    { "app/.env.example": "DATABASE_PASSWORD=\nAPI_URL=\n" },
    "yes",
    "A list of names.",
  ),
  baked(
    "an .env.example with placeholders",
    { "app/.env.example": "DATABASE_PASSWORD=changeme\nTOKEN=your-token-here\n" },
    "yes",
    "Placeholders.",
  ),
  baked(
    "a GitHub token in a script",
    { "app/release.sh": `#!/bin/sh\ncurl -H "Authorization: token ${GITHUB}" https://api.github.com\n` },
    "no",
    "A token by its content.",
  ),
  baked(
    "an AWS key in a credentials file",
    {
      "root/.aws/credentials": `[default]\naws_access_key_id = AKIAZ7Q5RT2LMN4XPK3V\naws_secret_access_key = ${AWS_SECRET}\n`,
    },
    "no",
    "A cloud credential.",
  ),
  baked(
    "a docker config with an auth",
    { "home/app/.docker/config.json": '{"auths":{"registry.example":{"auth":"YXBwOlhrMjl2THFQejdSdA=="}}}' },
    "no",
    "A registry's password.",
  ),
  baked(
    "a docker config with a credential helper",
    { "home/app/.docker/config.json": '{"credHelpers":{"registry.example":"ecr-login"}}' },
    "yes",
    "A helper's name is no secret.",
  ),
  baked(
    "an .npmrc with a token",
    { "app/.npmrc": `//registry.npmjs.org/:_authToken=${NPM}\n` },
    "no",
    "A token.",
  ),
  baked(
    "an .npmrc that reads the token from a variable",
    { "app/.npmrc": "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n" },
    "yes",
    "No value stands in it.",
  ),
  baked(
    "a .netrc",
    { "home/app/.netrc": "machine git.aides-interne.fr login app password Xk29vLqPz7Rt\n" },
    "no",
    "A password.",
  ),
  baked(
    "a .pgpass",
    { "home/app/.pgpass": "db.aides-interne.fr:5432:app:app:Xk29vLqPz7Rt\n" },
    "no",
    "A password.",
  ),
  baked(
    "a JWT's public keys",
    {
      "app/jwks.json":
        '{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}',
    },
    "yes",
    "Public keys.",
  ),
  baked(
    "a hash of assets",
    {
      "app/manifest.json":
        '{"main.js":"main.3f5c2a19bdb0e1c7.js","integrity":"sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"}',
    },
    "yes",
    "Digests of public files.",
  ),
  baked(
    "a secret in a layer that a later one deletes",
    { "app/key.pem": KEY },
    "no",
    "Every layer is delivered: a whiteout hides, and deletes nothing.",
    [{ files: { "app/.wh.key.pem": "" }, by: "RUN /bin/sh -c rm /app/key.pem # buildkit" }],
  ),
  baked(
    "configuration of Rails' environments",
    {
      "app/config/environments/production.rb":
        "Rails.application.configure do\n  config.eager_load = true\nend\n",
      "app/Gemfile": "gem 'rails'\n",
      "app/config/application.rb": "module App; end\n",
    },
    "yes",
    "Design, row 7: legitimate folders of a framework.",
  ),
  baked(
    "application-prod.yml beside application.yml",
    {
      "app/config/application.yml": "server: {port: 8080}\n",
      "app/config/application-prod.yml":
        "spring:\n  datasource:\n    url: jdbc:postgresql://db.prod.aides-interne.fr/app\n",
    },
    "no",
    "A configuration named for an environment.",
  ),
  baked(
    "config/prod.json",
    { "app/config/prod.json": '{"api":"https://api.prod.aides-interne.fr"}' },
    "no",
    "A configuration named for an environment.",
  ),
  baked(
    "envs/staging/app.toml",
    { "app/envs/staging/app.toml": 'api = "https://api.staging.aides-interne.fr"\n' },
    "no",
    "A configuration named for an environment.",
  ),
  baked(
    "a page about production",
    { "app/docs/production.md": "# Mise en production\n" },
    "yes",
    "Documentation configures nothing.",
  ),
  baked(
    "a module called production in a dependency",
    {
      "app/node_modules/cfg/config/production.json": '{"a":1}',
      "app/node_modules/cfg/package.json": '{"name":"cfg","version":"1.0.0"}',
    },
    "yes",
    "Design, row 7: outside dependency trees.",
  ),
  baked("a SQLite database", { "app/data/app.sqlite3": sqlite() }, "no", "A database file."),
  baked("a file called db.sqlite.md", { "app/docs/db.sqlite.md": "# notes\n" }, "yes", "A text."),
  baked("an empty folder called data", { "app/data/": { type: "directory" } }, "yes", "It holds nothing."),
  baked(
    "an AOF of Redis",
    { "data/appendonly.aof": "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n" },
    "no",
    "State in the image.",
  ),

  env("a password in ENV", ["DB_PASSWORD=Xk29vLqPz7Rt"], "no", "A secret in the image."),
  env("a file's path in ENV", ["DB_PASSWORD_FILE=/run/secrets/db"], "yes", "The path of an injected file."),
  env("an empty password in ENV", ["DB_PASSWORD="], "yes", "No value."),
  env(
    "a URL with a password to a one-word host",
    ["DATABASE_URL=postgres://u:Xk29vLqPz7Rt@db:5432/x"],
    "no",
    "A Kubernetes Service, not a local address.",
  ),
  env(
    "a URL with a password",
    ["DATABASE_URL=postgres://u:Xk29vLqPz7Rt@db.aides-interne.fr/x"],
    "no",
    "A password.",
  ),
  env(
    "a URL whose password is a variable",
    ["DATABASE_URL=postgres://u:${PASSWORD}@db.aides-interne.fr/x"],
    "yes",
    "No value stands in it.",
  ),
  env(
    "a password within SPRING_APPLICATION_JSON",
    ['SPRING_APPLICATION_JSON={"spring":{"datasource":{"password":"Xk29vLqPz7Rt"}}}'],
    "no",
    "A password, whatever the variable is called.",
  ),
  env(
    "a place for a password within SPRING_APPLICATION_JSON",
    ['SPRING_APPLICATION_JSON={"spring":{"datasource":{"password":"${DB_PASSWORD}"}}}'],
    "yes",
    "No value stands in it.",
  ),
  env("a token called in French", ["JETON_API=8fk29xw7TqLmZ3vN"], "no", "A token."),
  env("how long a token lives, in French", ["JETON_DUREE=3600s"], "yes", "A duration."),
  env(
    "versions and paths",
    ["NODE_VERSION=20.11.0", "JAVA_HOME=/opt/jre", "LANG=fr_FR.UTF-8"],
    "yes",
    "They say how the image was built.",
  ),
  env(
    "NODE_ENV=production",
    ["NODE_ENV=production"],
    "yes",
    "A mode of the runtime, alike in every environment.",
  ),
  env("a key's name in ENV", ["API_KEY_HEADER=X-Api-Key"], "yes", "A header's name."),
  env(
    "a digest in ENV",
    ["RELEASE_SHA256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    "yes",
    "A digest of a public file.",
  ),

  injected(
    "a literal password",
    { env: [{ name: "DB_PASSWORD", value: "Xk29vLqPz7Rt" }] },
    "no",
    "1.4: secrets are injected, never written in the manifest.",
  ),
  injected(
    "a password from a Secret",
    { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "p" } } }] },
    "yes",
    "Injected.",
  ),
  injected(
    "a password by another variable",
    {
      env: [
        { name: "A", value: "1" },
        { name: "DB_PASSWORD", value: "$(FROM_ELSEWHERE)" },
      ],
    },
    "yes",
    "A reference.",
  ),
  injected(
    "a path of a mounted secret",
    { env: [{ name: "DB_PASSWORD_FILE", value: "/run/secrets/db" }] },
    "yes",
    "The injected file.",
  ),
  injected("a token in the arguments", { args: ["--token", GITHUB] }, "no", "A secret in plain text."),
  injected(
    "a URL with a password",
    { env: [{ name: "DATABASE_URL", value: "postgres://app:Xk29vLqPz7Rt@db:5432/app" }] },
    "no",
    "A secret in plain text.",
  ),
  injected(
    "a URL without a password",
    { env: [{ name: "API_URL", value: "https://api.aides-interne.fr/v1" }] },
    "yes",
    "Configuration by the environment.",
  ),
  injected(
    "a header with a bearer token in a probe",
    header("Authorization", `Bearer ${GITHUB}`),
    "no",
    "A secret in plain text.",
  ),
  injected(
    "a header with an API key in a probe",
    header("X-Api-Key", noise(32)),
    "no",
    "A secret in plain text.",
  ),
  injected(
    "a basic authentication in a probe",
    header("Authorization", `Basic ${Buffer.from(`probe:${noise(14)}`).toString("base64")}`),
    "no",
    "A secret in plain text.",
  ),
  injected(
    "a Host header in a probe",
    header("Host", "web.aides-interne.fr"),
    "yes",
    "A header that is no secret.",
  ),
  injected(
    "a header with another in a probe",
    header("X-Request-Source", "kubelet-readiness"),
    "yes",
    "A header that is no secret.",
  ),
  injected(
    "a password policy",
    {
      env: [
        { name: "PASSWORD_MIN_LENGTH", value: "12" },
        { name: "TOKEN_TTL", value: "3600" },
      ],
    },
    "yes",
    "Settings about secrets are none.",
  ),
  injected(
    "the name of a secret",
    { args: ["--tls-secret-name=web-tls"] },
    "yes",
    "A Kubernetes object's name.",
  ),
  injected(
    "a placeholder of a template",
    { env: [{ name: "DB_PASSWORD", value: "<path:kv/data/app#password>" }] },
    "yes",
    "Argo CD's Vault plugin fills it in.",
  ),
  {
    name: "nothing is injected, and the image is not read",
    given: manifests(web({ env: undefined, envFrom: undefined })),
    expect: { "env-config": "unproven" },
    trap: true,
    why: "Whether configuration is baked in is not known.",
  },
  {
    name: "a variable is followed in the trial",
    given: { ...image(), trial: {} },
    expect: { "env-config": "yes" },
    trap: true,
    why: "Design, row 11: a variable is followed.",
  },
];

function sqlite(): Uint8Array {
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3\0", 0, "latin1");
  page.writeUInt16BE(4096, 16);
  page.set([1, 1, 0, 64, 32, 32], 18);
  page.writeUInt32BE(1, 28);
  return page;
}

function baked(
  name: string,
  files: LayerFiles,
  answer: Answer,
  why: string,
  layers: readonly { readonly files: LayerFiles; readonly by: string }[] = [],
): Case {
  return one(`in the image: ${name}`, image({ files, layers }), "no-baked-state", answer, why);
}

function env(name: string, variables: readonly string[], answer: Answer, why: string, open?: string): Case {
  const given = image({ config: { Env: ["PATH=/usr/bin:/bin", ...variables] } });
  return { ...one(name, given, "no-baked-state", answer, why), ...(open === undefined ? {} : { open }) };
}

function header(name: string, value: string): object {
  return { readinessProbe: { httpGet: { path: "/", port: 8080, httpHeaders: [{ name, value }] } } };
}

function injected(name: string, container: object, answer: Answer, why: string): Case {
  return one(`in the manifest: ${name}`, manifests(web({ ...container })), "env-config", answer, why);
}

function one(
  name: string,
  given: Case["given"],
  row: "no-baked-state" | "env-config",
  answer: Answer,
  why: string,
): Case {
  return { name, given, expect: { [row]: answer }, ...(answer === "no" ? {} : { trap: true }), why };
}
