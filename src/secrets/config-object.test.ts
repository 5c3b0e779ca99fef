import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { jwt, KEY, noise, PUBLIC_KEY } from "../../test/fixtures/secrets.ts";
import { maskVariable, secretsOfBinaryData, secretsOfConfigMap, secretsOfSecret } from "./config-object.ts";

const PW = "Kj8vQ2xW9z";

function inSecret(key: string, value: string | Uint8Array) {
  return secretsOfSecret("app", [[key, Buffer.from(value)]]).map(({ kind }) => kind);
}

function inConfigMap(key: string, value: string | Uint8Array) {
  return secretsOfConfigMap("app", [[key, Buffer.from(value)]]).map(({ kind }) => kind);
}

describe("of a Secret, every value is one", () => {
  test.each([
    ["password", PW, "secret-data"],
    ["anything", PW, "secret-data"],
    ["password", "123", "secret-data"],
    ["x", `a\n${PW}`, "secret-data"],
    ["id", KEY, "private-key"],
    ["x", jwt({ alg: "HS256" }, { sub: "ci" }), "secret-data"],
    ["userPassword", PW, "secret-data"],
    ["x", `glpat-${noise(20)}`, "gitlab-token"],
    ["x", `postgres://a:${noise(14)}@db.site.fr/x`, "url-password"],
    ["store", Buffer.from([0xff, 0xfe, 0xfd]), "secret-data"],
    ["store", "a\0b", "secret-data"],
    ["users", PW, "secret-data"],
    ["x.cer", PW, "secret-data"],
    ["xhost", PW, "secret-data"],
    ["hostx", PW, "secret-data"],
    ["x", `${PW}ref+${PW}`, "secret-data"],
    ["x", `${PW}\n-----BEGIN CERTIFICATE-----`, "secret-data"],
    ["x", `${PW}-----BEGIN CERTIFICATE-----`, "secret-data"],
    ["password", "postgres://a:Kj8vQ2xW9z@localhost/x", "secret-data"],
  ])("%s: %j is %s", (key, value, kind) => {
    expect(inSecret(key, value)).toEqual([kind]);
  });

  test.each([
    ..."user username user_name login host hostname host_name port db dbname db_name database schema name email".split(
      " ",
    ),
    ..."mail from endpoint address bucket region namespace type url uri server project insecure engine issuer".split(
      " ",
    ),
    ..."audience client_id clientId tenant-id project.id account_id app_id ca crt cert certificate known_hosts".split(
      " ",
    ),
    ..."clientid appId projectID publickey".split(" "),
    ..."knownhosts pub public_key publicKey ca.pem tls.crt x.cert.cert dbHost DB_HOST my.user".split(" "),
  ])("but for who and where: %s", (key) => {
    expect(inSecret(key, PW)).toEqual([]);
  });

  test.each([
    "",
    "  ",
    "changeme",
    "${X}",
    PUBLIC_KEY,
    "-----BEGIN CERTIFICATE-----\nabc",
    "-----BEGIN X509 CERTIFICATE-----\nabc",
    "-----BEGIN TRUSTED CERTIFICATE-----\nabc",
    "-----BEGIN RSA PUBLIC KEY-----\nabc",
    "  -----BEGIN EC PUBLIC KEY-----\nabc",
    " \nref+vault://x/y\n",
    "postgres://a:Kj8vQ2xW9z@localhost/x",
    "\n",
    "ENC[AES256_GCM,x]",
    "ref+vault://x/y",
    "secretref+vault://x/y",
    "vault:secret/data/x#y",
    "<path:secret/data/x#y>",
    "AQICAHabcdefgh",
    "true",
    "3600",
    "abc",
  ])("but for what stands for a value: %j", (value) => {
    expect(inSecret("x", value)).toEqual([]);
  });

  test("with its key, and a mask that tells nothing", () => {
    expect(secretsOfSecret("app", [["password", Buffer.from(PW)]])).toEqual([
      {
        key: "password",
        kind: "secret-data",
        confidence: "likely",
        masked: "…(10)",
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });
});

describe("of a ConfigMap, what its keys or contents betray", () => {
  test.each([
    ["DB_PASSWORD", PW, ["named-secret"]],
    ["DB_HOST", PW, []],
    ["app.properties", `db.password=${PW}`, ["named-secret"]],
    ["app.txt", `db.password=${PW}`, []],
    ["x", KEY, ["private-key"]],
    ["DB_PASSWORD", "changeme", []],
    ["password.yaml", `a: b\npassword: ${PW}\n`, ["named-secret"]],
    ["DB_PASSWORD", Buffer.from([0xff, 0xfe, 0xfd]), []],
  ])("%s: %j", (key, value, kinds) => {
    expect(inConfigMap(key, value)).toEqual(kinds);
  });
});

test("the same value is another one under another name, key, or object", () => {
  const values = [
    ["a", Buffer.from(PW)],
    ["b", Buffer.from(PW)],
  ] as const;
  const all = [
    ...secretsOfSecret("app", values),
    ...secretsOfSecret("other", values),
    ...secretsOfConfigMap("app", [["a_password", Buffer.from(PW)]]),
    ...secretsOfConfigMap("other", [["a_password", Buffer.from(PW)]]),
  ];
  expect(new Set(all.map(({ id }) => id)).size).toBe(6);
});

test("of a ConfigMap, a value is told once, by its key", () => {
  expect(inConfigMap("DB_PASSWORD", `glpat-${noise(20)}`)).toEqual(["named-secret"]);
});

test("a variable is masked by its name, or by its value", () => {
  expect(maskVariable("DB_PASSWORD", PW)).toBe("…(10)");
  expect(maskVariable("DB_HOST", PW)).toBe(PW);
  expect(maskVariable("X", `a glpat-${noise(20)} b`)).toMatch(/^a glpa…\(26\) b$/);
});

describe("of binaryData, gzip and zlib are read through", () => {
  const of = (key: string, value: Uint8Array) =>
    secretsOfBinaryData("app", [[key, value]]).map(({ key: shown, kind }) => ({ key: shown, kind }));
  const setting = `DB_PASSWORD=${PW}`;

  test.each<[string, string, Uint8Array]>([
    ["gzip", "a", gzipSync(setting)],
    ["zlib", "a", deflateSync(setting)],
    ["gzip of a password under its name", "db-password.gz", gzipSync(PW)],
    ["no gzip", "db-password", Buffer.from(PW)],
  ])("%s", (_, key, value) => {
    expect(of(key, value)).toEqual([{ key, kind: "named-secret" }]);
  });

  test.each<[string, string, Uint8Array]>([
    ["gzip of settings without a secret", "a", gzipSync("DB_HOST=pg\nDB_PASSWORD_FILE=/run/secrets/db\n")],
    ["a picture", "logo.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])],
    ["what only begins like gzip", "a", Buffer.from([0x1f, 0x8b, 8, 0, 1])],
  ])("trap: %s", (_, key, value) => {
    expect(of(key, value)).toEqual([]);
  });

  test("a value that inflates beyond the bound is an error, not a value without a secret", () => {
    const bomb = gzipSync(Buffer.alloc(17 * 1024 ** 2));
    expect(() => of("a", bomb)).toThrow(/16 MiB/);
  });
});

describe("of a ConfigMap, settings under a key without an ending are read by their form", () => {
  test.each([
    `DB_PASSWORD=${PW}`,
    `# settings\n\nDB_HOST=pg\nexport DB_PASSWORD="${PW}"\n`,
    `{"db": {"user": "app", "password": "${PW}"}}`,
  ])("%j", (text) => {
    expect(inConfigMap("a", text)).toEqual(["named-secret"]);
  });

  test.each([
    `The line DB_PASSWORD=${PW}\nis an example of the documentation`,
    "DB_PASSWORD_FILE=/run/secrets/db\nDB_HOST=pg\n",
    "DB_PASSWORD=${DB_PASSWORD}\n",
    "{{ include password }}",
    `#${"x".repeat(300_000)}\nDB_PASSWORD=${PW}\n`,
    "no settings",
  ])("trap %#", (text) => {
    expect(inConfigMap("a", text)).toEqual([]);
  });
});
