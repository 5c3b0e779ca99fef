// Row 11: secrets under a neutral name that the container gets under a secret's: a key of a ConfigMap, an
// annotation, parts of a value.

import type { Manifest } from "../../fixtures/manifests.ts";
import { noise } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const VALUE = noise(20);

function configMap(data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "files", namespace: "aides" }, data };
}

const fromMap = (name: string, key: string) => ({
  name,
  valueFrom: { configMapKeyRef: { name: "files", key } },
});

export const cases: Cases = [
  {
    name: "DB_PASSWORD from the neutral key of a ConfigMap",
    given: manifests(web({ env: [fromMap("DB_PASSWORD", "a")] }), configMap({ a: VALUE })),
    expect: { "env-config": "no" },
    why: "The container gets a password, written in plain text in the repository.",
  },
  {
    name: "a ConfigMap whose key becomes DB_PASSWORD by the prefix of envFrom",
    given: manifests(
      web({ envFrom: [{ prefix: "DB_PASS", configMapRef: { name: "files" } }] }),
      configMap({ WORD: VALUE }),
    ),
    expect: { "env-config": "no" },
    why: "The prefix completes the variable's name.",
  },
  {
    name: "a key of a ConfigMap mounted as the file db_password",
    given: manifests(
      web(
        { envFrom: [], volumeMounts: [{ name: "c", mountPath: "/run/secrets/db_password", subPath: "a" }] },
        { volumes: [{ name: "c", configMap: { name: "files" } }] },
      ),
      configMap({ a: VALUE }),
    ),
    expect: { "env-config": "no" },
    why: "The file's name says what the value is.",
  },
  {
    name: "DB_PASSWORD made of two variables",
    given: manifests(
      web({
        env: [
          { name: "P1", value: VALUE.slice(0, 10) },
          { name: "P2", value: VALUE.slice(10) },
          { name: "DB_PASSWORD", value: "$(P1)$(P2)" },
        ],
      }),
    ),
    expect: { "env-config": "no" },
    why: "The kubelet puts the two halves together.",
  },
  {
    name: "DB_PASSWORD from an annotation of the pod",
    given: manifests({
      ...web({
        env: [
          { name: "DB_PASSWORD", valueFrom: { fieldRef: { fieldPath: "metadata.annotations['note']" } } },
        ],
      }),
      spec: annotated({
        env: [
          { name: "DB_PASSWORD", valueFrom: { fieldRef: { fieldPath: "metadata.annotations['note']" } } },
        ],
      }),
    }),
    expect: { "env-config": "no" },
    why: "The annotation holds the password in plain text.",
  },
  {
    name: "a URL whose password comes from a Secret",
    given: manifests(
      web({
        env: [
          { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "aides-db", key: "password" } } },
          { name: "DB_HOST", value: "pg" },
          { name: "DATABASE_URL", value: "postgres://app:$(DB_PASSWORD)@$(DB_HOST)/app" },
        ],
      }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "The manifest holds a reference, not the password.",
  },
  {
    name: "settings of a ConfigMap under other names",
    given: manifests(
      web({
        env: [
          fromMap("LOG_LEVEL", "level"),
          fromMap("DB_PASSWORD_FILE", "file"),
          fromMap("TOKEN_URL", "sso"),
        ],
      }),
      configMap({ level: "info", file: "/run/secrets/db", sso: "https://sso.gouv.fr/token" }),
    ),
    expect: { "env-config": "yes" },
    trap: true,
    why: "A level, a path and an address are no secrets.",
  },
];

function annotated(container: Manifest): Manifest {
  const { spec } = web(container) as { readonly spec: { readonly template: Manifest } };
  const { template } = spec;
  const metadata = { ...(template["metadata"] as Manifest), annotations: { note: VALUE } };
  return { ...spec, template: { ...template, metadata } };
}
