import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeVault, startVault } from "../../../../test/fixtures/fake-vault.ts";
import { hostPolicy } from "../../../net/http/hosts.ts";
import { createHttp, type Http } from "../../../net/http/http.ts";
import { isSignedBy } from "../verify.ts";
import { vaultKey, vaultKeyVersions } from "./vault-key.ts";
import { vaultSettings } from "./vault-settings.ts";

const BYTES = Buffer.from("statement");
let vault: FakeVault;
let http: Http;
beforeAll(async () => {
  vault = await startVault("ed25519");
  http = createHttp(hostPolicy([]), { env: {} });
});
afterAll(async () => {
  await http.close();
  await vault.close();
});
beforeEach(() => vault.answerWith(undefined));

const settings = (given = "vault://portal", changes: Record<string, string> = {}) =>
  vaultSettings(given, { VAULT_ADDR: vault.url, VAULT_TOKEN: vault.token, ...changes });

test("the version that was latest when the key was opened signs, also after a rotation", async () => {
  const key = await vaultKey(http, settings());
  vault.rotate();
  const made = await key.sign(BYTES);
  const [first, second] = await vaultKeyVersions(http, settings());
  if (first === undefined || second === undefined) throw new Error("two versions");
  expect([first.version, second.version, key.id]).toEqual([1, 2, first.id]);
  expect([isSignedBy(first, BYTES, made), isSignedBy(second, BYTES, made)]).toEqual([true, false]);
});

const json = (status: number, body: unknown) => () =>
  vault.answerWith((_, response) => void response.writeHead(status).end(JSON.stringify(body)));

describe("no key", () => {
  test.each<[string, () => void, string]>([
    ["sealed for ever", json(503, { errors: ["Vault is sealed"] }), "vault-answer"],
    ["refused", json(403, { errors: ["permission denied"] }), "vault-forbidden"],
    ["absent", json(404, { errors: [] }), "vault-not-found"],
    ["symmetric", json(200, { data: { keys: { 1: 1_700_000_000 } } }), "vault-key-type"],
    ["without versions", json(200, { data: { keys: {} } }), "vault-key-type"],
    [
      "all before the window",
      json(200, { data: { min_decryption_version: 5, keys: { 1: {} } } }),
      "vault-key-type",
    ],
    [
      "of a type that does not sign",
      json(200, { data: { keys: { 1: { public_key: "AAAA" } } } }),
      "signing-key-invalid",
    ],
    ["a page", () => vault.answerWith((_, response) => void response.end("<html>")), "vault-answer"],
    [
      "elsewhere",
      () => vault.answerWith((_, response) => void response.writeHead(307, { location: "/v1/x" }).end()),
      "vault-answer",
    ],
  ])("that is %s", async (_, prepare, code) => {
    prepare();
    const failed = vaultKey(http, settings());
    await expect(failed).rejects.toMatchObject({ code });
    await expect(failed).rejects.not.toThrow(/hvs\./);
  });
});

test.each([
  ["another version's", "vault:v1:AAAA"],
  ["in another form", "AAAA"],
  ["none", undefined],
])("a signature that is %s is not used", async (_, signature) => {
  const key = await vaultKey(http, settings());
  json(200, { data: { signature } })();
  await expect(key.sign(BYTES)).rejects.toMatchObject({ code: "vault-signature", exit: 69 });
});

describe("settings", () => {
  test.each([
    ["vault://portal", "transit", "portal"],
    ["vault://signing/portal", "signing", "portal"],
    ["vault://teams/social/transit/portal-1.2", "teams/social/transit", "portal-1.2"],
  ])("%s", (given, mount, key) => {
    expect(settings(given)).toMatchObject({ mount, key });
  });

  test.each([
    ["vault://", {}, "vault-key"],
    ["vault://a/../b", {}, "vault-key"],
    ["vault://a/..", {}, "vault-key"],
    ["vault://a?b=c", {}, "vault-key"],
    ["vault:///portal", {}, "vault-key"],
    ["vault://portal", { VAULT_ADDR: "http://vault.example" }, "vault-address"],
    ["vault://portal", { VAULT_ADDR: "" }, "vault-address"],
    ["vault://portal", { VAULT_ADDR: "https://a:b@vault.example" }, "vault-address"],
    ["vault://portal", { VAULT_TOKEN: "" }, "vault-login"],
    ["vault://portal", { VAULT_TOKEN: "", VAULT_ID_TOKEN: "a.b.c" }, "vault-login"],
    [
      "vault://portal",
      { VAULT_TOKEN: "", VAULT_ID_TOKEN: "a.b.c", VAULT_AUTH_ROLE: "r", VAULT_AUTH_PATH: "../sys" },
      "vault-login",
    ],
  ])("refused: %s with %j", (given, changes, code) => {
    expect(() => settings(given, changes)).toThrow(expect.objectContaining({ code, exit: 64 }) as Error);
  });
});
