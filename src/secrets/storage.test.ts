import { expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { secretsOfStorage } from "./storage.ts";

const PASSWORD = `k9X${noise(20)}`;

test.each<[string, string, string[]]>([
  ["mountOptions", `password=${PASSWORD}`, ["named-secret"]],
  ["mountOptions", `username=u,pass=${PASSWORD},vers=3.0`, ["named-secret"]],
  ["adminPassword", PASSWORD, ["named-secret"]],
  ["source", `https://app:${PASSWORD}@srv.corp.fr/dav`, ["url-password"]],
  ["mountOptions", "dir_mode=0777,vers=3.0,credentials=/etc/smb/credentials", []],
  ["secretName", "smb-creds", []],
  ["source", "//srv/share", []],
])("%s: %s", (key, text, kinds) => {
  const found = secretsOfStorage("PersistentVolume/a", [[key, Buffer.from(text)]]);
  expect(found.map((one) => [one.key, one.kind])).toEqual(kinds.map((kind) => [key, kind]));
  expect(JSON.stringify(found)).not.toContain(PASSWORD);
});

test("the same value in two volumes is two secrets", () => {
  const of = (name: string) =>
    secretsOfStorage(name, [["mountOptions", Buffer.from(`password=${PASSWORD}`)]])[0]?.id;
  expect(of("PersistentVolume/a")).not.toBe(of("PersistentVolume/b"));
});
