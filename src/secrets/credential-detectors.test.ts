import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { codeUnits, findSecrets } from "./find.ts";
import { ScannedText } from "./scanned-text.ts";

/** Findings in a text without a path, or whose path reveals nothing. */
function found(text: string, path = "") {
  return findSecrets(new ScannedText(() => text, path), codeUnits(text)).map(
    ({ kind, confidence, start, end }) => `${kind} ${confidence} ${text.slice(start, end)}`,
  );
}

const PW = "Kj8vQ2xW9z";

function base64(text: string): string {
  return Buffer.from(text, "latin1").toString("base64");
}

const HASHES = [
  `$1$H6uskkkW$${noise(22)}`,
  `$apr1$H6us./kW$${noise(22)}`,
  `$5$saltsalt$${noise(43)}`,
  `$5$rounds=80000$salt./salt$${noise(43)}`,
  `$6$saltsalt$${noise(86)}`,
  `$6$rounds=656000$salt$${noise(86)}`,
  `$2a$10$${noise(53)}`,
  `$2b$12$${noise(53)}`,
  `$2y$05$${noise(53)}`,
  `$y$j9T$F5Jx5fExrKuPp53xLKQ..1$${noise(43)}`,
  `$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$${noise(43)}`,
  `$7$CU..../....saltsalt$${noise(43)}`,
  `$7$101$c2FsdHNhbHRzYWx0$${noise(86)}==`,
  `$7$1000$c2FsdHNhbHRzYQ==$${noise(86)}==`,
  `$P$B${noise(30)}`,
  `$H$9${noise(30)}`,
  `$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$${noise(43)}`,
  `$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$${noise(43)}`,
  `$argon2d$v=16$m=4096,t=3,p=1$c2FsdHNhbHQ$${noise(43)}`,
];

describe("hashes of passwords", () => {
  test.each(HASHES)("%s", (hash) => {
    expect(found(`app:${hash}\n`)).toEqual([`password-hash likely ${hash}`]);
    // Compose escapes a dollar by doubling it.
    const doubled = hash.replaceAll("$", () => "$$");
    expect(found(`app:${doubled}\n`)).toEqual([`password-hash likely ${doubled.slice(1)}`]);
    expect(found(`# app:${hash}\n`)).toEqual([]);
    expect(found(`app:${hash}\n`, "/app/a.md")).toEqual([]);
  });

  test.each(HASHES.filter((hash) => !hash.endsWith("=") && !hash.startsWith("$argon2")))(
    "%s, but not if it goes on",
    (hash) => {
      expect(found(`app:${hash}x\n`)).toEqual([]);
    },
  );

  test.each([
    ["{SSHA}", noise(32)],
    ["{SSHA256}", `${noise(54)}==`],
    ["{SSHA384}", noise(72)],
    ["{SSHA512}", `${noise(95)}=`],
  ])("of LDAP: %s", (scheme, hash) => {
    expect(found(`userPassword: ${scheme}${hash}\n`)).toEqual([`password-hash likely ${hash}`]);
    expect(found(`userPassword: ${scheme}${hash}\n`, "/app/a.rb")).toEqual([]);
  });

  test("of RabbitMQ, whose base64 has one length", () => {
    const hash = noise(48);
    expect(found(`{"password_hash":"${hash}"}`)).toEqual([`password-hash likely ${hash}`]);
    expect(found(`{"password_hash" : "${hash}"}`)).toEqual([`password-hash likely ${hash}`]);
    expect(found(`{"password_hash":"${"A".repeat(48)}"}`)).toEqual([]);
    expect(found(`{"password_hash":"${noise(49)}"}`)).toEqual([]);
  });

  test.each(
    "js cjs mjs jsx ts cts mts tsx map py pyi rb php java go rs c h cc cpp pl pm t po sh md rst htm html css".split(
      " ",
    ),
  )("are examples in code and what explains it: .%s", (ending) => {
    expect(found(`x ${HASHES[0]}\n`, `/app/a.${ending}`)).toEqual([]);
    expect(found(`x ${HASHES[0]}\n`, `/app/a.${ending}.txt`)).toHaveLength(1);
  });

  test.each(["a $1$ bill, $5$ and $6$ each", "{SSHA}short", "{SSHA128}abcdefghijklmnopqrstuvwxyzABCDEFGH"])(
    "but not %s",
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );
});

describe("credentials in a header", () => {
  test.each([
    [`Authorization: Basic ${base64(`app:${PW}`)}`, base64(`app:${PW}`)],
    [`authorization: basic  ${base64(`app:${PW}`)}\r\n`, base64(`app:${PW}`)],
    [`"Basic ${base64(`app@site.fr:${PW}x`)}"`, base64(`app@site.fr:${PW}x`)],
    [`Basic ${base64(`my-aladdin:${PW}`)}`, base64(`my-aladdin:${PW}`)],
    ["Authorization: Bearer token.4f9a7c1e2b8d6035", "token.4f9a7c1e2b8d6035"],
    ["Authorization: bearer  4f9a7c1e.2b8d~60+35/a-b_c==", "4f9a7c1e.2b8d~60+35/a-b_c=="],
  ])("%s", (text, value) => {
    expect(found(text)).toEqual([`named-secret likely ${value}`]);
  });

  test.each([
    ["no user and password", `Basic ${base64("nobody-knows-this-one")}`],
    ["RFC 7617", `Basic ${base64("Aladdin:OpenSesame")}`],
    ["RFC 6749", `Basic ${base64("s6BhdRkqt3:gX1fBat3bV")}`],
    ["a placeholder", `Basic ${base64("user:password")}`],
    ["a short password", `Basic ${base64("user:abc")}`],
    ["bytes before a colon", `Basic ${base64(`\x01\x02\x03\x04app:${PW}`)}`],
    ["bytes behind a password", `Basic ${base64(`app:${PW}\x01\x02`)}`],
    ["what goes on", `Basic ${base64(`app:${PW}xy`)}_x`],
    ["another word", `Baseic ${base64(`app:${PW}`)}`],
    ["a comment", `# Authorization: Basic ${base64(`app:${PW}`)}`],
    ["a JWT, which may be public", `Bearer eyJ${noise(40)}`],
    ["words", "Bearer token-of-the-application"],
    ["numbers", "Bearer 123456789012345"],
    ["a placeholder", "Bearer your-token-goes-here1"],
    ["a template", "Bearer 4f9a7c1e2b8d6035${X}"],
    ["a template in braces", "Bearer 4f9a7c1e2b8d6035{x}"],
    ["a comment", "// Authorization: Bearer 4f9a7c1e2b8d6035"],
  ])("but not %s: %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test("a bearer's token counts in what configures, not in code", () => {
    const text = "Authorization: Bearer 4f9a7c1e2b8d6035";
    expect(found(text, "/app/api.http")).toHaveLength(1);
    expect(found(text, "/app/server.js")).toEqual([]);
    expect(found(text, "/app/README")).toEqual([]);
  });
});

describe("passwords in addresses", () => {
  test.each([
    [`app:${PW}@tcp(db:3306)/app`],
    [`dsn = "app:${PW}@tcp(db:3306)/app"`],
    [`a.b+c%40-d:${PW}@unix(/run/db)/app`],
    [`DSN=app:${PW}@cloudsql(a:b:c)/app`],
    [`url: jdbc:oracle:thin:app/${PW}@db:1521:x`],
    [`"jdbc:oracle:oci:app$1/"${PW}"@db"`],
    [`jdbc:oracle:oci8:a#b/${PW}@db`],
    [`sqlplus app/${PW}@//db.site.fr:1521/x`],
    [`(app$1/${PW}@//db/x)`],
  ])("%s", (text) => {
    expect(found(text)).toEqual([`url-password confirmed ${PW}`]);
  });

  test.each([
    ["a placeholder", "app:password@tcp(db:3306)/app"],
    ["a placeholder", "jdbc:oracle:thin:scott/secret@db"],
    ["a placeholder", "app/password@//db:1521/x"],
    ["a template", "app:${PW}@tcp(db:3306)/app"],
    ["a template", "jdbc:oracle:thin:app/${PW}@db"],
    ["no password", "app@tcp(db:3306)/app"],
    ["another driver", `jdbc:oracle:kprb:app/${PW}@db`],
    ["a path", `a/b/${PW}@//db:1521/x`],
    ["no host", `app/${PW}@// db`],
    ["a word of a thousand characters", `${"x".repeat(1000)}app:${PW}@tcp(db)`],
  ])("but not %s: %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test.each(Array.from(" \t\r\n\"'`=<>,;()[]{}|&"))("an address begins behind %j", (stop) => {
    expect(found(`x${stop}app:${PW}@tcp(db)`)).toEqual([`url-password confirmed ${PW}`]);
  });
});

describe("what is an example", () => {
  test.each(["#", "  #", "\t;", "//", "--", "*", "   * ", "<!--"])("behind %j", (sign) => {
    expect(found(`a\n${sign} app:${PW}@tcp(db)`)).toEqual([]);
    expect(found(`${sign}\na app:${PW}@tcp(db)`)).toHaveLength(1);
    expect(found(`a ${sign} app:${PW}@tcp(db)`)).toHaveLength(1);
    expect(found(`${sign} app:${PW}@tcp(db)\n${"a\n".repeat(300)}`)).toEqual([]);
  });

  test("however far behind it", () => {
    expect(found(`${"a\n".repeat(300)}# ${"x ".repeat(100)}app:${PW}@tcp(db)`)).toEqual([]);
  });

  test.each([
    "/app/a.md",
    "/app/a.markdown",
    "/app/a.rst",
    "/app/a.htm",
    "/app/a.html",
    "/app/docs/a",
    "/app/test/a",
  ])("in %s", (path) => {
    expect(found(`app:${PW}@tcp(db)`, path)).toEqual([]);
  });

  test.each(["/app/a", "/app/a.mdx", "/app/md", "/app/a.go", "/app/mydocs/a"])("not in %s", (path) => {
    expect(found(`app:${PW}@tcp(db)`, path)).toHaveLength(1);
  });
});

describe("users of FreeRADIUS", () => {
  test.each(["Cleartext", "User", "Crypt", "NT", "LM", "MD5", "SMD5", "SHA", "SSHA"])(
    "%s-Password",
    (kind) => {
      for (const [operator, value] of [
        [":=", `"${PW}"`],
        ["==", `"${PW}"`],
        ["=", PW],
        ["+=", `${PW}, Service-Type := 1`],
      ])
        expect(found(`bob  ${kind}-Password ${operator} ${value}\n`)).toEqual([`named-secret likely ${PW}`]);
    },
  );

  test.each([
    '#bob Cleartext-Password := "Kj8vQ2xW9z"',
    'bob Cleartext-Password := "%{control:Foo}"',
    'bob Cleartext-Password := "password"',
    "bob Cleartext-Password := %{control:Foo}",
    'bob Cleartext-Passwords := "Kj8vQ2xW9z"',
    "bob Cleartext-Password Kj8vQ2xW9z",
  ])("but not %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("keys of programs", () => {
  const key = `${noise(43)}=`;
  const ceph = `AQ${noise(36)}==`;
  const rsa = noise(172);
  const opaque = `${noise(64)}\n`.repeat(2);

  test.each([
    ["BIND, TSIG", `key a { algorithm hmac-sha256; secret "${key}"; };`, key],
    ["BIND, DNSSEC", `Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: ${key}\n`, key],
    ["BIND, DNSSEC with RSA", `Private-key-format: v1.2\nPrivateExponent: ${rsa}\n`, rsa],
    ["Ceph", `[client.admin]\n\tkey = ${ceph}\n`, ceph],
    ["Ceph, as JSON", `{"key": "${ceph}"}`, ceph],
    ["Tor", `== ed25519v1-secret: type0 ==\0\0\0${noise(64)}`, noise(64)],
    ["OpenVPN", `-----BEGIN OpenVPN Static key V1-----\n${opaque}-----END`, opaque],
    ["OpenVPN's clients", `-----BEGIN OpenVPN tls-crypt-v2 client key-----\n${opaque}-----END`, opaque],
    ["OpenVPN's servers", `-----BEGIN OpenVPN tls-crypt-v2 server key-----\r\n${opaque}-----END`, opaque],
  ])("%s", (_, text, value) => {
    expect(found(text)).toEqual([`private-key confirmed ${value}`]);
  });

  test.each([
    ["a secret of something else", `secret "${key}";`],
    ["a key that nobody drew", `algorithm hmac-md5; secret "${"a".repeat(24)}";`],
    ["another PrivateKey", `PrivateKey: ${key}\n`],
    ["Ceph's form, drawn by nobody", `key = AQ${"A".repeat(36)}==`],
    ["Tor's public key", `== ed25519v1-public: type0 ==\0\0\0${noise(32)}`],
    ["a certificate of OpenVPN", `-----BEGIN OpenVPN certificate-----\n${opaque}-----END`],
  ])("but not %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test("Tor's are looked for in binary files, too", () => {
    const bytes = Buffer.from(`\0== ed25519v1-secret: type0 ==\0\0\0${noise(64)}`, "latin1");
    const scanned = new ScannedText(() => bytes.toString("latin1"), "/data/hs_ed25519_secret_key");
    expect(findSecrets(scanned, bytes, "keys").map(({ kind }) => kind)).toEqual(["private-key"]);
  });
});

test("a user and a password within an OpenVPN profile", () => {
  const within = (text: string) => found(`client\n<auth-user-pass>\n${text}</auth-user-pass>\n`);
  expect(within(`app\n${PW}\n`)).toEqual([`named-secret likely ${PW}`]);
  expect(within(`app\r\n${PW}\r\n`)).toEqual([`named-secret likely ${PW}`]);
  expect(within("app\n$PASSWORD\n")).toEqual([]);
  expect(within("app\n")).toEqual([]);
});
