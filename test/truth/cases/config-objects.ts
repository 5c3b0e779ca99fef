// Row 11: ConfigMaps and Secrets among the manifests; and the variables of envFrom.

import type { Manifest } from "../../fixtures/manifests.ts";
import { KEY, PUBLIC_KEY } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

const namespace = "aides";

/** The ConfigMap that the conforming container's envFrom names. */
function configMap(data: Readonly<Record<string, string>>, name = "aides-web"): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
}

/** The Secret with the DATABASE_URL of the conforming container. */
function secret(fields: Manifest, name = "aides-db"): Manifest {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, type: "Opaque", ...fields };
}

function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString("base64");
}

const PEM = (label: string, body: string) =>
  `-----BEGIN ${label}-----\n${base64(body.repeat(20)).replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;

const inVolume = (volume: Manifest) => ({
  volumes: [
    { name: "tmp", emptyDir: {} },
    { name: "c", ...volume },
  ],
});

export const cases: Cases = [
  {
    name: "a ConfigMap that envFrom names, with a password",
    given: manifests(web(), configMap({ DB_HOST: "pg", DB_PASSWORD: "Hiver2024!" })),
    expect: { "env-config": "no" },
    why: "1.4: secrets are injected; a ConfigMap in the repository is read by whoever reads it.",
  },
  {
    name: "the same in French",
    given: manifests(web(), configMap({ MOT_DE_PASSE_BDD: "Hiver2024!" })),
    expect: { "env-config": "no" },
    why: "A password under a French name is one.",
  },
  {
    name: "a ConfigMap whose file holds a password, mounted",
    given: manifests(
      web({ envFrom: [] }, inVolume({ configMap: { name: "files" } })),
      configMap({ "application.yml": "spring:\n  datasource:\n    password: Hiver2024!\n" }, "files"),
    ),
    expect: { "env-config": "no" },
    why: "The value of a ConfigMap is a file of the container.",
  },
  {
    name: "a ConfigMap with a password in a URL, by configMapKeyRef",
    given: manifests(
      web({
        envFrom: [],
        env: [{ name: "DATABASE_URL", valueFrom: { configMapKeyRef: { name: "dsn", key: "url" } } }],
      }),
      configMap({ url: "postgres://portal:Hiver2024!@pg:5432/portal" }, "dsn"),
    ),
    expect: { "env-config": "no" },
    why: "A password in a URL to a service of the cluster.",
  },
  {
    name: "a ConfigMap in a file of its own",
    given: {
      files: {
        ...manifests(web()).files,
        "deploy/config.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aides-web\ndata:\n  API_TOKEN: Hiver2024-abcdef\n`,
      },
    },
    expect: { "env-config": "no" },
    why: "Where the ConfigMap stands in the folder changes nothing.",
  },
  {
    name: "a ConfigMap without secrets",
    given: manifests(
      web(),
      configMap({
        LOG_LEVEL: "info",
        DB_HOST: "pg",
        DB_PASSWORD_FILE: "/run/secrets/db",
        PASSWORD_MIN_LENGTH: "12",
        TOKEN_URL: "https://sso.gouv.fr/token",
        "messages.json": '{"password": "Mot de passe", "token": "Jeton"}',
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "Settings, a path, a rule, an address, the labels of a form.",
  },
  {
    name: "a ConfigMap of the same name in another namespace",
    given: manifests(web(), {
      ...configMap({ DB_PASSWORD: "Hiver2024!" }),
      metadata: { name: "aides-web", namespace: "other" },
    }),
    expect: { "env-config": "yes" },
    trap: true,
    why: "The pod is not given it.",
  },
  {
    name: "a ConfigMap with templates for values",
    given: manifests(
      web(),
      configMap({ "app.properties": "db.password=${DB_PASSWORD}\napi.key=@API_KEY@\n" }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "The application fills them in from its environment.",
  },
  {
    name: "a password in a command: mysqldump -p, -D",
    given: manifests(
      web({
        args: ["java", "-Dspring.datasource.password=Hiver2024!"],
        lifecycle: { preStop: { exec: { command: ["sh", "-c", "mysqldump -uroot -pHiver2024 aides"] } } },
      }),
    ),
    expect: { "env-config": "no" },
    why: "1.4: each opens something.",
  },
  {
    name: "curl's -u, by itself",
    given: manifests(
      web({ lifecycle: { preStop: { exec: { command: ["curl", "-u", "ci:Hiver2024!", "http://x"] } } } }),
    ),
    expect: { "env-config": "no" },
    why: "A password behind a user's name.",
  },
  {
    name: "short flags that take no secret",
    given: manifests(
      web({
        args: ["mysqldump", "-P", "3306", "-u", "1000:1000", "--password-stdin", "--disabled-password"],
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "A port, a user and a group, words about passwords.",
  },
  {
    name: "a password of digits, beside a placeholder for a key of Stripe",
    given: manifests(
      web({
        env: [
          { name: "DB_PASSWORD", value: "20240117" },
          { name: "STRIPE_KEY", value: "sk_test_placeholder_x" },
        ],
      }),
    ),
    expect: { "env-config": "no" },
    why: "Digits are a password.",
  },
  {
    name: "CLE_API",
    given: manifests(web({ env: [{ name: "CLE_API", value: "a8f5f167f44f4964e6c998dee827110c" }] })),
    expect: { "env-config": "no" },
    why: "An API key under its French name.",
  },
  {
    name: "numbers, fingerprints and names about secrets",
    given: manifests(
      web({
        env: [
          { name: "TOKEN_TTL", value: "3600" },
          { name: "LONGUEUR_MOT_DE_PASSE", value: "12" },
          { name: "MAX_PASSWORD", value: "5000" },
          { name: "GPG_KEY", value: "7169605F62C751356D054A26A821E680E5FA6305" },
          { name: "CACHE_KEY", value: "aides-web-v2" },
          { name: "MOT_DE_PASSE_OUBLIE_URL", value: "https://sso.gouv.fr/oubli" },
        ],
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "None opens anything.",
  },
  {
    name: "a Secret with its data, which the container takes a variable of",
    given: manifests(web(), secret({ data: { uri: base64("postgres://portal:Hiver2024!@pg:5432/portal") } })),
    expect: { "env-config": "no" },
    why: "base64 encrypts nothing: the repository holds the secret.",
  },
  {
    name: "a Secret with stringData and a purely numeric password",
    given: manifests(web(), secret({ stringData: { username: "portal", password: "20240117" } })),
    expect: { "env-config": "no" },
    why: "Digits are a password, too.",
  },
  {
    name: "a Secret with a private key for an Ingress, which no pod names",
    given: manifests(
      web(),
      secret(
        { type: "kubernetes.io/tls", data: { "tls.crt": base64("x"), "tls.key": base64("\x00\x01\x02key") } },
        "tls",
      ),
    ),
    expect: { "env-config": "no" },
    why: "A private key in the repository, whoever uses it.",
  },
  {
    name: "a Secret to pull images",
    given: manifests(
      web({}, { imagePullSecrets: [{ name: "regcred" }] }),
      secret(
        {
          type: "kubernetes.io/dockerconfigjson",
          data: {
            ".dockerconfigjson": base64(
              JSON.stringify({ auths: { "registry.gouv.fr": { auth: base64("robot:Hiver2024!") } } }),
            ),
          },
        },
        "regcred",
      ),
    ),
    expect: { "env-config": "no" },
    why: "The registry's credentials in the repository.",
  },
  {
    name: "a Secret in a List",
    given: manifests(web(), {
      apiVersion: "v1",
      kind: "List",
      items: [secret({ stringData: { "api-key": "azertyuiop" } })],
    }),
    expect: { "env-config": "no" },
    why: "kubectl applies the items of a List.",
  },
  {
    name: "a Secret encrypted by SOPS",
    given: manifests(web(), {
      ...secret({ data: { uri: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UTk==,type:str]" } }),
      sops: { age: [{ recipient: "age1x" }], version: "3.9.0" },
    }),
    expect: { "env-config": "yes" },
    trap: true,
    why: "Nobody reads it without the key.",
  },
  {
    name: "a SealedSecret and an ExternalSecret",
    given: manifests(
      web(),
      {
        apiVersion: "bitnami.com/v1alpha1",
        kind: "SealedSecret",
        metadata: { name: "aides-db" },
        spec: { encryptedData: { password: "AgBy3i4OJSWK+PiTySYZZA9rO43cGDEqdKvEa2dtbnJzdGFuY2UK" } },
      },
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "aides-db" },
        spec: { data: [{ secretKey: "password", remoteRef: { key: "aides/db", property: "password" } }] },
      },
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "The one is encrypted, the other names where the secret is.",
  },
  {
    name: "a Secret that something fills in: empty, by Argo CD's Vault plugin, by a template",
    given: manifests(
      web(),
      secret({ data: {} }),
      secret({ stringData: { password: "<path:secret/data/aides#password>", token: "" } }, "avp"),
      secret({ stringData: { password: "${DB_PASSWORD}" } }, "envsubst"),
      secret({ type: "kubernetes.io/service-account-token" }, "account"),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "None holds a value.",
  },
  {
    name: "a Secret that holds the certificate of an authority, a name and an address",
    given: manifests(
      web(),
      secret({
        stringData: {
          "ca.crt": PEM("CERTIFICATE", "certificate"),
          username: "portal",
          host: "pg.aides.svc",
          "public-key": PEM("PUBLIC KEY", "public"),
        },
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "Anyone may know them.",
  },
  {
    name: "a ConfigMap of envFrom turns development mode on",
    given: manifests(web(), configMap({ NODE_ENV: "development" })),
    expect: { "twelve-factor": "no" },
    why: "The process sees NODE_ENV=development, whatever the image says.",
  },
  {
    name: "a debugger in a ConfigMap, by configMapKeyRef",
    given: manifests(
      web({
        envFrom: [],
        env: [{ name: "NODE_OPTIONS", valueFrom: { configMapKeyRef: { name: "node", key: "options" } } }],
      }),
      configMap({ options: "--inspect=0.0.0.0:9229" }, "node"),
    ),
    expect: { "twelve-factor": "no" },
    why: "The debugger is on.",
  },
  {
    name: "a prefix of envFrom makes DEBUG another variable",
    given: manifests(
      web({ envFrom: [{ prefix: "OTHER_", configMapRef: { name: "aides-web" } }] }),
      configMap({ DEBUG: "1" }),
    ),
    expect: { "twelve-factor": "unproven" },
    trap: true,
    why: "The process sees OTHER_DEBUG.",
  },
  {
    name: "env goes before a ConfigMap that envFrom names",
    given: manifests(
      web({ env: [{ name: "NODE_ENV", value: "production" }] }),
      configMap({ NODE_ENV: "development" }),
    ),
    expect: { "twelve-factor": "unproven" },
    trap: true,
    why: "Of two with one name env wins.",
  },
  {
    name: "names of Secrets in a command line",
    given: manifests(
      web({ args: ["--image-pull-secret=regcred", "--daemon-certs-secret=buildkit-daemon-certs"] }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "They name objects.",
  },
  {
    name: "where a JWT's key is found",
    given: manifests(
      web({
        env: [
          {
            name: "HASURA_GRAPHQL_JWT_SECRET",
            value: '{"type":"RS256","jwk_url":"https://sso.gouv.fr/certs"}',
          },
        ],
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "An address of public keys.",
  },
  {
    name: "a JWT's key itself",
    given: manifests(
      web({
        env: [
          {
            name: "HASURA_GRAPHQL_JWT_SECRET",
            value: '{"type":"HS256","key":"k8vTqYw3zXc5bNm7aSd9fGh1jKl2pQr4"}',
          },
        ],
      }),
    ),
    expect: { "env-config": "no" },
    why: "Whoever reads it signs tokens.",
  },
  {
    name: "Istio's placeholder for its proxy",
    given: manifests(web({}, { containers: [server(), server({ name: "istio-proxy", image: "auto" })] })),
    expect: { "immutable-tag": "no" },
    why: "A pod that does not ask for injection names an image `auto`, without a tag.",
  },
  {
    name: "a private key in a ConfigMap that no pod is given",
    given: manifests(web(), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "unused", namespace: "aides" },
      data: { "tls.key": KEY },
    }),
    expect: { "env-config": "no" },
    why: "1.4: it is published with the manifests, whoever uses it.",
  },
  {
    name: "a password in the URL of an autoscaler's trigger",
    given: manifests(web(), {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: "web", namespace: "aides" },
      spec: {
        scaleTargetRef: { name: "web" },
        triggers: [
          { type: "rabbitmq", metadata: { host: "amqp://aides:T9vKq2xZr7Lm@rabbit.aides.svc:5672/v" } },
        ],
      },
    }),
    expect: { "env-config": "no" },
    why: "1.4: it is published with the manifests.",
  },
  {
    name: "a certificate's public part in a ConfigMap that no pod is given",
    given: manifests(web(), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "ca", namespace: "aides" },
      data: { "ca.pem": PUBLIC_KEY, password: "see Vault: kv/aides" },
    }),
    expect: { "env-config": "yes" },
    trap: true,
    why: "It is public, and a name alone is no secret of an object that nothing is given.",
  },
];
