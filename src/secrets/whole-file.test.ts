import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { ScannedText } from "./scanned-text.ts";
import { wholeFile } from "./whole-file.ts";

const DRAWN = "4f9a7c1e2b8d60354f9a7c1e";

function secretIn(path: string, text: string): string | undefined {
  const [span] = wholeFile(new ScannedText(() => text, path));
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

describe("is a secret and nothing else", () => {
  test.each([
    "/run/secrets/db",
    "/var/run/secrets/db",
    "/app/config/credentials/production.key",
    "/home/app/.erlang.cookie",
    "/etc/ldap.secret",
    "/etc/x.pass",
    "/etc/x.passwd",
    "/etc/x.PASSWORD",
    "/etc/x.pwd",
    "/etc/x.token",
    "/etc/x.apikey",
    "/etc/x.psk",
    "/app/db_password",
    "/app/db_password.txt",
    "/app/apiToken",
    "/app/mdp.txt",
    "/app/jeton.txt",
    "/app/master.key.secret",
    "/app/api_key.pwd",
  ])("%s", (path) => {
    expect(secretIn(path, "\nHiver2024!\n")).toBe("Hiver2024!");
  });

  test("of a key, what looks drawn at random", () => {
    expect(secretIn("/app/my_key", DRAWN)).toBe(DRAWN);
    expect(secretIn("/app/my_key", "Hiver2024!")).toBeUndefined();
  });

  test("in a thousand characters", () => {
    expect(secretIn("/app/db_password", noise(1_024))).toHaveLength(1_024);
    expect(secretIn("/app/db_password", `${noise(1_024)}\n`)).toBeUndefined();
  });
});

describe("is none", () => {
  test.each([
    "/run/secrets/kubernetes.io/token/x",
    "/app/run/secrets/db",
    "/srv/run/secretsx/db",
    "/app/x.erlang.cookies",
    "/app/x.secrets",
    "/.secret/x",
    "/etc/passwd",
    "/app/passwd.txt",
    "/app/password_policy",
    "/app/token_url",
    "/app/README",
    "/app/public_key",
  ])("%s", (path) => {
    expect(secretIn(path, DRAWN)).toBeUndefined();
  });

  test.each([
    "",
    " \n",
    "two words",
    "{x: y4z5}",
    "<x9y8z7>",
    "abc",
    "changeme",
    "/run/secrets/other",
    "3600",
  ])("%j", (text) => {
    expect(secretIn("/app/db_password", text)).toBeUndefined();
  });
});
