import { describe, expect, test } from "vitest";
import { checkedToken, noise } from "../../test/fixtures/secrets.ts";
import { scanAttribute, scanName } from "./entry-secrets.ts";

const TOKEN = checkedToken("ghp_");
const PASSWORD = `k9X${noise(20)}`;

describe("a name", () => {
  test.each<[string, string[]]>([
    [`/app/${TOKEN}`, ["github-token"]],
    [`/app/${TOKEN}.txt`, ["github-token"]],
    [`/app/keys-${TOKEN}/a/b`, ["github-token"]],
    [`postgres://app:${PASSWORD}@pg.corp.fr/app`, ["url-password"]],
    ["/app/ghp_README.md", []],
    ["/app/reset-password/token.html", []],
    ["https://www.corp.fr:8443/a@b", []],
    [`/app/assets/index-${noise(20)}.js`, []],
  ])("%s", (name, kinds) => {
    expect(scanName(name).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("of a folder is one place for all that lies below, and never shown", () => {
    const [one, other] = [scanName(`/app/${TOKEN}/a`), scanName(`/app/${TOKEN}/b`)];
    expect(one).toEqual(other);
    expect(JSON.stringify(one)).not.toContain(TOKEN);
  });
});

describe("an extended attribute", () => {
  test.each<[string, string | Uint8Array, string[]]>([
    ["token", TOKEN, ["github-token"]],
    ["origin", TOKEN, ["github-token"]],
    ["db_password", PASSWORD, ["named-secret"]],
    ["url", `redis://app:${PASSWORD}@redis.corp.fr`, ["url-password"]],
    ["db_password", "changeme", []],
    ["password_policy", "strong", []],
    ["mime_type", "text/plain", []],
    ["checksum", Uint8Array.of(0, 1, 2, 255), []],
  ])("%s", (name, value, kinds) => {
    const found = scanAttribute("/app/a", name, Buffer.from(value));
    expect(found.map(({ kind, line }) => [kind, line])).toEqual(kinds.map((kind) => [kind, 0]));
    expect(JSON.stringify(found)).not.toContain(PASSWORD);
  });
});
