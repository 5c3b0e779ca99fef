// Row 11: secrets in rarely read places of a manifest, and in addresses and commands without a telling name.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type Manifest } from "../../fixtures/manifests.ts";
import { jwt, noise } from "../../fixtures/secrets.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const WHY = "1.4: whoever reads the repository, or the workload, reads the secret.";
const NOTHING = "Nothing in it is a secret.";
const PASSWORD = "Hiver2024!x";
const TOKEN = jwt({ alg: "HS256", typ: "JWT" }, { sub: "portail", role: "admin", iat: 1700000000 });
const SIG = encodeURIComponent(Buffer.from(noise(32)).toString("base64"));
const blob = (sp: string) =>
  `https://a.blob.core.windows.net/c?sv=2022-11-02&sp=${sp}&se=2027-01-01&sig=${SIG}`;
const hook = `https://chat.corp.fr/hooks/${noise(26, "abcdefghijkmnopqrstuwxyz13456789")}`;
const csi = (mountOptions: string) => ({
  volumes: [
    {
      name: "v",
      csi: { driver: "smb.csi.k8s.io", volumeAttributes: { source: "//srv/share", mountOptions } },
    },
  ],
});

export const cases: Cases = [
  applied("a password that was applied before", { name: "DB_PASSWORD", value: PASSWORD }, "no"),
  applied(
    "a reference that was applied before",
    { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
    "yes",
  ),
  variable("a JWT that is sent", `Bearer ${TOKEN}`, "no"),
  variable("a JWT alone, which may be public", TOKEN, "yes"),
  variable("a SAS that writes", blob("rwdl"), "no"),
  variable("a SAS that reads", blob("r"), "yes"),
  variable("a webhook", hook, "no"),
  variable("a path called hooks", "https://chat.corp.fr/hooks/incoming", "yes"),
  variable(
    "Gradle's distribution, with a password",
    "https\\://ci:Hiver2024x@nexus.corp.fr/gradle-8.zip",
    "no",
  ),
  variable("Gradle's distribution", "https\\://services.gradle.org/distributions/gradle-8.zip", "yes"),
  one(
    "a password among mount options",
    web({ env: [{ name: "A", value: "b" }] }, csi(`dir_mode=0777,username=u,password=${PASSWORD},vers=3.0`)),
    "no",
  ),
  one("mount options", web({ env: [{ name: "A", value: "b" }] }, csi("dir_mode=0777,vers=3.0")), "yes"),
  command("redis-cli AUTH", `redis-cli AUTH portail ${PASSWORD} && redis-cli ping`, "no"),
  command("AUTH as it is sent", `printf 'AUTH portail ${PASSWORD}\\r\\nPING\\r\\n' | nc redis 6379`, "no"),
  command("an access list", `redis-cli ACL SETUSER app on '>${PASSWORD}' '~*' +@all`, "no"),
  command("redis-cli AUTH by reference", 'redis-cli AUTH portail "$REDIS_PASSWORD" && redis-cli ping', "yes"),
  command(
    "an access list by reference",
    `redis-cli ACL SETUSER app on ">$PW" '~*' +@all > /tmp/log2024x`,
    "yes",
  ),
  one(
    "an access list, word by word",
    web({ command: ["redis-cli", "ACL", "SETUSER", "app", "on", `>${PASSWORD}`, "~*"] }),
    "no",
  ),
];

function applied(name: string, env: object, answer: Answer): Case {
  const containers = [{ name: "web", image: "a", env: [env] }];
  const before = { apiVersion: "apps/v1", kind: "Deployment", spec: { template: { spec: { containers } } } };
  const workload = web() as { readonly metadata?: object };
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify(before) };
  return one(name, { ...workload, metadata: { ...workload.metadata, annotations } }, answer);
}

function variable(name: string, value: string, answer: Answer): Case {
  return one(name, web({ env: [{ name: "SETTING", value }] }), answer);
}

function command(name: string, script: string, answer: Answer): Case {
  return one(name, web({ command: ["sh", "-c", script] }), answer);
}

function one(name: string, workload: Manifest, answer: Answer): Case {
  return {
    name,
    given: manifests(workload),
    expect: { "env-config": answer },
    why: answer === "no" ? WHY : NOTHING,
    ...(answer === "no" ? {} : { trap: true }),
  };
}
