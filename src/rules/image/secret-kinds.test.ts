import { expect, test } from "vitest";
import { BARE_KEYS } from "../../secrets/bare-key.ts";
import { DETECTORS } from "../../secrets/detectors.ts";
import { secretKind } from "./secret-kinds.ts";

/** Kinds that are not found by a detector. */
const OTHERS = (
  "private-key encrypted-private-key pkcs12-key java-keystore-key kubernetes-secret gcp-service-account " +
  "docker-config-auth kubeconfig-key kubeconfig-token nuget-password netrc-password pgpass-password " +
  "mysql-password maven-password url-password local-url-password connection-string-password named-secret " +
  "password-hash secret-data jwt npm-registry-token"
).split(" ");
const ALL = [...new Set([...[...DETECTORS, ...BARE_KEYS].map(({ kind }) => kind), ...OTHERS])];

test.each(ALL)("%s has a name of its own in both languages", (id) => {
  const { name } = secretKind(id);
  expect([name.fr, name.en]).not.toContain("");
  expect(name.en).not.toContain("(");
  expect(ALL.filter((one) => secretKind(one).name.en === name.en)).toEqual([id]);
  expect(ALL.filter((one) => secretKind(one).name.fr === name.fr)).toEqual([id]);
});

test("what opens nothing for certain by itself is weak", () => {
  expect(ALL.filter((id) => secretKind(id).weak === true).toSorted()).toEqual([
    "encrypted-private-key",
    "jwt",
    "local-url-password",
    "publishable-key",
    "published-default",
  ]);
});

test("a kind of another version is called by its id", () => {
  expect(secretKind("new-token")).toEqual({ name: { fr: "secret (new-token)", en: "secret (new-token)" } });
  expect(secretKind("constructor").name.en).toBe("secret (constructor)");
});
