import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeVault, startVault } from "../../../../test/fixtures/fake-vault.ts";
import { hostPolicy } from "../../../net/http/hosts.ts";
import { createHttp, type Http } from "../../../net/http/http.ts";
import { isSignedBy } from "../verify.ts";
import { vaultKey, vaultKeyVersions } from "./vault-key.ts";
import { vaultSettings } from "./vault-settings.ts";

const BYTES = Buffer.from("statement");
let vault: FakeVault;
let http: Http;
beforeEach(async () => {
  vault = await startVault("ed25519");
  http = createHttp(hostPolicy([]), { env: {} });
});
afterEach(async () => {
  await http.close();
  await vault.close();
});

const settings = (given = "vault://portal", changes: Record<string, string> = {}) =>
  vaultSettings(given, { VAULT_ADDR: vault.url, VAULT_TOKEN: vault.token, ...changes });

test("the version that was latest when the key was opened signs, also after a rotation", async () => {
  const key = await vaultKey(http, settings());
  vault.rotate();
  const made = await key.sign(BYTES);
  const [first, second] = (await vaultKeyVersions(http, settings())).slice(-2);
  if (first === undefined || second === undefined) throw new Error("two versions");
  expect([second.version - first.version, key.id]).toEqual([1, first.id]);
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

/** Key that is opened, and what Vault answers to a request to sign these bytes. */
async function keyAndAnswer() {
  vault.answerWith(undefined);
  const key = await vaultKey(http, settings());
  const made = Buffer.from(await key.sign(BYTES)).toString("base64");
  return { key, answer: `vault:v1:${made}` };
}

test.each<[string, (answer: string) => string | undefined]>([
  ["another version's", () => "vault:v1:AAAA"],
  ["in another form", () => "AAAA"],
  ["none", () => undefined],
  ["the right one behind something else", (answer) => `x${answer}`],
  ["the right one before something else", (answer) => `${answer}:x`],
  ["the right one without its version", (answer) => answer.replace("v1", "v")],
  ["the right one of the version `one`", (answer) => answer.replace("v1", "vone")],
  ["the right one, twice", (answer) => answer + answer.slice("vault:v1:".length)],
])("a signature that is %s is not used", async (_, change) => {
  const { key, answer } = await keyAndAnswer();
  json(200, { data: { signature: change(answer) } })();
  await expect(key.sign(BYTES)).rejects.toMatchObject({ code: "vault-signature", exit: 69 });
});

test("a signature is used as Vault writes it", async () => {
  const { key, answer } = await keyAndAnswer();
  json(200, { data: { signature: answer } })();
  expect(Buffer.from(await key.sign(BYTES)).toString("base64")).toBe(answer.slice("vault:v1:".length));
});

describe("a request", () => {
  const jwt = {
    VAULT_TOKEN: "",
    VAULT_ID_TOKEN: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
    VAULT_AUTH_ROLE: "portal-main",
  };
  const record = async (changes: Record<string, string>) => {
    const seen: [route: string, headers: Readonly<Record<string, unknown>>][] = [];
    vault.answerWith(({ method, url, headers }, response) => {
      seen.push([`${method} ${url}`, headers]);
      const isLogin = url?.endsWith("/login") === true;
      response.end(JSON.stringify(isLogin ? { auth: { client_token: "hvs.of-the-login" } } : { data: {} }));
    });
    await expect(vaultKeyVersions(http, settings("vault://portal", changes))).rejects.toMatchObject({
      code: "vault-key-type",
    });
    return seen;
  };

  test("has the token, Vault's own mark and the namespace if one is given", async () => {
    const [[route, headers] = ["", {}]] = await record({});
    expect([route, headers]).toEqual([
      "GET /v1/transit/keys/portal",
      expect.objectContaining({ "x-vault-token": vault.token, "x-vault-request": "true" }),
    ]);
    expect(headers).not.toHaveProperty("x-vault-namespace");
    const [[, named] = ["", {}]] = await record({ VAULT_NAMESPACE: "team" });
    expect(named).toMatchObject({ "x-vault-namespace": "team" });
  });

  test.each(["", "/", "/vault", "/vault/"])("goes below the address's path %j", async (path) => {
    const [[route] = [""]] = await record({ VAULT_ADDR: vault.url + path });
    expect(route).toBe(`GET ${path.replace(/\/$/, "")}/v1/transit/keys/portal`);
  });

  test("is made with the token of a login by a job's identity, which is used for the login alone", async () => {
    const [[first, login] = ["", {}], [second, headers] = ["", {}], ...more] = await record(jwt);
    expect([first, second, more]).toEqual(["POST /v1/auth/jwt/login", "GET /v1/transit/keys/portal", []]);
    expect([login["x-vault-token"], headers["x-vault-token"]]).toEqual([undefined, "hvs.of-the-login"]);
    const [[other] = [""]] = await record({ ...jwt, VAULT_AUTH_PATH: "gitlab/main" });
    expect(other).toBe("POST /v1/auth/gitlab/main/login");
  });

  test("is not made where the login gives no token", async () => {
    json(200, { auth: {} })();
    const failed = vaultKeyVersions(http, settings("vault://portal", jwt));
    await expect(failed).rejects.toMatchObject({ code: "vault-answer", exit: 69 });
  });
});

describe("versions", () => {
  const open = Buffer.alloc(32, 9).toString("base64");
  const listed = async (data: object) => {
    json(200, { data })();
    return (await vaultKeyVersions(http, settings())).map(({ version, created }) => [version, created]);
  };
  const one = { public_key: open, creation_time: "2026-11-30T03:00:00Z" };

  test("of the window alone are listed, in their order and not as texts", async () => {
    const keys = { 10: one, 2: { public_key: open }, 1: one, x: one, "1.5": one, 3: {} };
    expect(await listed({ min_decryption_version: 2, keys })).toEqual([
      [2, ""],
      [10, "2026-11-30T03:00:00Z"],
    ]);
    expect(await listed({ min_decryption_version: "2", keys: { 1: one } })).toHaveLength(1);
    expect(await listed({ keys: { 1: one } })).toHaveLength(1);
  });

  test("are a thousand at most", async () => {
    const keys = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [at + 1, one]));
    expect(await listed({ keys })).toHaveLength(1_000);
  });
});

describe("settings", () => {
  test.each([
    [{ VAULT_ADDR: "", VAULT_SERVER_URL: "https://gitlab-vault.example" }, "https://gitlab-vault.example/"],
    [{ VAULT_ADDR: "https://a.example", VAULT_SERVER_URL: "https://b.example" }, "https://a.example/"],
  ])("address of %j", (changes, address) => {
    expect(settings("vault://portal", changes).address.href).toBe(address);
  });

  test("an empty namespace is none, and a token's line end is not its own", () => {
    expect(settings("vault://portal", { VAULT_NAMESPACE: "", VAULT_TOKEN: " hvs.a\n" })).toMatchObject({
      namespace: undefined,
      login: { kind: "token", token: "hvs.a" },
    });
    const login = { VAULT_TOKEN: " ", VAULT_ID_TOKEN: " a.b.c\n", VAULT_AUTH_ROLE: "r" };
    expect(settings("vault://portal", login).login).toEqual({
      kind: "jwt",
      path: "jwt",
      role: "r",
      jwt: "a.b.c",
    });
  });

  test.each([
    ["vault://portal", "transit", "portal"],
    ["vault://signing/portal", "signing", "portal"],
    ["vault://teams/social/transit/portal-1.2", "teams/social/transit", "portal-1.2"],
    ["vault://a/b/c/d/e/f/key", "a/b/c/d/e/f", "key"],
    ["vault://..a/..b", "..a", "..b"],
  ])("%s", (given, mount, key) => {
    expect(settings(given)).toMatchObject({ mount, key });
  });

  test.each([
    ["vault://", {}, "vault-key"],
    ["vault://a/../b", {}, "vault-key"],
    ["vault://a/..", {}, "vault-key"],
    ["vault://a?b=c", {}, "vault-key"],
    ["vault:///portal", {}, "vault-key"],
    ["xvault://portal", {}, "vault-key"],
    ["vault://portal/", {}, "vault-key"],
    ["vault://.", {}, "vault-key"],
    ["vault://a/./b", {}, "vault-key"],
    ["vault://a/b/c/d/e/f/g/key", {}, "vault-key"],
    ["vault://portal", { VAULT_ADDR: "https://vault.example?a=b" }, "vault-address"],
    ["vault://portal", { VAULT_ADDR: "https://vault.example#a" }, "vault-address"],
    ["vault://portal", { VAULT_ADDR: "ftp://127.0.0.1" }, "vault-address"],
    [
      "vault://portal",
      { VAULT_TOKEN: "", VAULT_ID_TOKEN: "a.b.c", VAULT_AUTH_ROLE: "r", VAULT_AUTH_PATH: "a/b/c/d/e/f/g" },
      "vault-login",
    ],
    [
      "vault://portal",
      { VAULT_TOKEN: "", VAULT_ID_TOKEN: "a.b.c", VAULT_AUTH_ROLE: "r", VAULT_AUTH_PATH: "/jwt" },
      "vault-login",
    ],
    ["vault://portal", { VAULT_TOKEN: "", VAULT_AUTH_ROLE: "r" }, "vault-login"],
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
