import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { derOf, javaStore, pkcs12 } from "../../test/fixtures/key-files.ts";
import { checkedToken, HEX, KEY, noise } from "../../test/fixtures/secrets.ts";
import { codeUnits, findSecrets, type SearchKind } from "./find.ts";
import { ScannedText } from "./scanned-text.ts";

/** Kind and text of each finding. */
function found(text: string, kind: SearchKind = "text") {
  return findSecrets(new ScannedText(() => text, ""), codeUnits(text), kind).map(
    (span) => `${span.kind} ${text.slice(span.start, span.end)}`,
  );
}

function base64(content: string | Uint8Array): string {
  return Buffer.from(content as string, "latin1")
    .toString("base64")
    .replace(/=+$/, "");
}

function hex(content: string | Uint8Array): string {
  return Buffer.from(content as string, "latin1").toString("hex");
}

/** Each character in its own writing. */
function each(text: string, write: (hex: string, code: number) => string, between = ""): string {
  return Array.from(text, (one) => {
    const code = one.charCodeAt(0);
    return write(code.toString(16).padStart(2, "0"), code);
  }).join(between);
}

const AWS = `AKIA${noise(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")} ${noise(40)}`;
const DOCKER = `{"auths":{"r.fr":{"auth":"${base64("app:Kj8vQ2xW9z")}"}}}`;
const TOKENS: readonly (readonly [string, string])[] = [
  ["github-token", checkedToken("ghp_")],
  ["github-token", checkedToken("gho_")],
  ["github-token", checkedToken("ghs_")],
  ["github-token", checkedToken("ghu_")],
  ["github-token", `github_pat_${noise(22)}_${noise(59)}`],
  ["npm-token", checkedToken("npm_")],
  ["gitlab-token", `glpat-${noise(20)}`],
  ["aws-access-key", AWS],
];
const DATA: readonly (readonly [string, string])[] = [
  ["private-key", KEY],
  ["docker-config-auth", DOCKER],
  ...TOKENS,
];

describe("in base64, wherever in a group of three bytes it begins", () => {
  test.each(DATA)("a %s: %s", (kind, secret) => {
    for (const before of ["", " ", "  "]) {
      const encoded = base64(`${before}${secret} of whoever it may be`);
      expect(found(`x: "${encoded}"`)).toEqual([`${kind} ${encoded}`]);
      expect(found(`\0${encoded}\0`, "binary")).toEqual([`${kind} ${encoded}`]);
    }
  });

  test("from the group in which it begins on", () => {
    const token = checkedToken("ghp_");
    expect(found(`x: "${base64(`a=b ${token}\n`)}"`)).toEqual([`github-token ${base64(` ${token}\n`)}`]);
  });

  test("of wide characters", () => {
    const encoded = base64(Buffer.from(KEY, "utf16le"));
    expect(found(`x: "${encoded}"`)).toEqual([`private-key ${encoded}`]);
  });

  test.each([
    ["private-key", KEY],
    ["github-token", checkedToken("ghp_")],
    ["npm-token", checkedToken("npm_")],
    ["gitlab-token", `glpat-${noise(20)}`],
  ])("twice: a %s", (kind, secret) => {
    for (const before of ["", " ", "  "])
      for (const outer of ["", " ", "  "]) {
        const encoded = base64(`${outer}${base64(`${before}${secret} of whoever it may be`)}`);
        expect(found(`x: "${encoded}"`)).toEqual([`${kind} ${encoded}`]);
      }
  });

  test("three times: a key", () => {
    for (const before of ["", " ", "  "]) {
      const encoded = base64(base64(base64(`${before}${KEY}`)));
      expect(found(`x: "${encoded}"`)).toEqual([`private-key ${encoded}`]);
    }
  });

  test.each([
    ["private-key", "gzip", base64(gzipSync(KEY))],
    ["private-key", "gzip, twice", base64(base64(gzipSync(KEY)))],
    ["java-keystore-key", "a key store of Java", base64(javaStore(1))],
    ["pkcs12-key", "PKCS#12", base64(pkcs12())],
  ])("a %s: %s", (kind, _, encoded) => {
    expect(found(`\0${encoded}\0`, "binary")).toEqual([`${kind} ${encoded}`]);
  });

  test("what holds none is none", () => {
    expect(found(`x: "${base64("-----BEGIN nothing at all that is a key-----")}"`)).toEqual([]);
    expect(found(`x: "${base64(checkedToken("ghp_")).slice(0, 20)}"`)).toEqual([]);
  });
});

describe("in base64 of zlib, at the beginning of a literal", () => {
  const packed = ["w", "x", "y", "z"].map((third) => {
    for (let length = 0; length < 3_000; length++) {
      const encoded = base64(deflateSync(`${noise(length)}\n${checkedToken("ghp_")}\n`));
      if (encoded.startsWith(`eJ${third}`)) return [third, encoded] as const;
    }
    return [third, undefined] as const;
  });

  test.each(packed.filter(([, encoded]) => encoded !== undefined))("eJ%s", (_, encoded) => {
    for (const quote of ['"', "'", "`"]) {
      expect(found(`x = ${quote}${encoded}${quote}`)).toEqual([`github-token ${encoded}`]);
    }
    expect(found(`x = ${encoded}`)).toEqual([]);
  });
});

describe("in hexadecimal", () => {
  test.each(DATA)("a %s: %s", (kind, secret) => {
    for (const encoded of [hex(secret), hex(secret).toUpperCase()]) {
      expect(found(`x: "${encoded}"`)).toEqual([`${kind} ${encoded}`]);
    }
  });

  test.each([
    ["RSA", derOf("rsa-1024")],
    ["P-384", derOf("P-384")],
    ["P-521", derOf("P-521")],
    ["Ed448", derOf("ed448")],
    [
      "P-256 without its public part",
      Buffer.from(
        `3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${noise(64, HEX)}`,
        "hex",
      ),
    ],
  ])("a key in DER: %s", (_, der) => {
    for (const encoded of [hex(der), hex(der).toUpperCase()]) {
      expect(found(`x: "${encoded}"`)).toEqual([`private-key ${encoded}`]);
    }
  });

  test("gzip", () => {
    for (const encoded of [hex(gzipSync(KEY)), hex(gzipSync(KEY)).toUpperCase()])
      expect(found(`x: "${encoded}"`)).toEqual([`private-key ${encoded}`]);
  });
});

describe("in escapes", () => {
  const key: readonly (readonly [string, (hex: string, code: number) => string])[] = [
    ["\\x2d", (digits) => `\\x${digits}`],
    ["\\x2D", (digits) => `\\x${digits.toUpperCase()}`],
    ["\\u002d", (digits) => `\\u00${digits}`],
    ["\\u002D", (digits) => `\\u00${digits.toUpperCase()}`],
    ["\\055", (_, code) => `\\${code.toString(8).padStart(3, "0")}`],
    ["%2D", (digits) => `%${digits.toUpperCase()}`],
    ["%2d", (digits) => `%${digits}`],
    ["=2D", (digits) => `=${digits.toUpperCase()}`],
    ["&#45;", (_, code) => `&#${code};`],
    ["&#x2d;", (digits) => `&#x${digits};`],
    ["&#x2D;", (digits) => `&#x${digits.toUpperCase()};`],
  ];
  test.each(key)("a key: %s", (_, write) => {
    const encoded = each(KEY, write);
    expect(found(`x = "${encoded}"`)).toEqual([`private-key ${encoded}`]);
  });

  const tokens = ["ghp_", "npm_"].map(checkedToken);
  test.each([
    ["\\x67", (digits: string) => `\\x${digits}`],
    ["\\x6E", (digits: string) => `\\x${digits.toUpperCase()}`],
    ["\\u0067", (digits: string) => `\\u00${digits}`],
  ])("a token: %s", (_, write) => {
    for (const token of [...tokens, `glpat-${noise(20)}`]) {
      const encoded = each(token, write);
      expect(found(`x = "${encoded}"`).map((one) => one.split(" ")[1])).toEqual([encoded]);
    }
  });

  test.each([
    ["%20", "%0A", "="],
    ["\\x20", "\\n", "="],
    ["\\u0020", "\\n", "="],
    ["\\040", "\\n", "="],
    ["=20", "=0A", "=3D"],
    ["&#32;", "&#10;", "="],
    ["&#x20;", "&#xa;", "="],
  ])("a key whose blanks are %s", (blank, line, equals) => {
    const encoded = KEY.replaceAll("=", equals).replaceAll(" ", blank).replaceAll("\n", line);
    expect(found(`x = "${encoded}"`)).toEqual([`private-key ${encoded}`]);
  });

  test("a key in a form", () => {
    const encoded = KEY.replaceAll("+", "%2B").replaceAll(" ", "+").replaceAll("\n", "%0A");
    expect(found(`x = "${encoded}"`)).toEqual([`private-key ${encoded}`]);
  });
});

describe("in lists of bytes", () => {
  test.each([
    ["0x2d, ", (digits: string) => `0x${digits}`, ", "],
    ["0x2d,", (digits: string) => `0x${digits}`, ","],
    ["0x2D, ", (digits: string) => `0x${digits.toUpperCase()}`, ", "],
    ["45, ", (_: string, code: number) => String(code), ", "],
    ["45,", (_: string, code: number) => String(code), ","],
    ["'-', ", (_: string, code: number) => (code === 10 ? "'\\n'" : `'${String.fromCharCode(code)}'`), ", "],
    ["'-',", (_: string, code: number) => (code === 10 ? "'\\n'" : `'${String.fromCharCode(code)}'`), ","],
  ] as const)("a key: %s", (_, write, between) => {
    const encoded = each(KEY, write, between);
    expect(found(`x = {${encoded}}`)).toEqual([`private-key ${encoded}`]);
  });

  test.each([", ", ","])("a token and DER, with %j between", (between) => {
    for (const content of [checkedToken("ghp_"), derOf("rsa-1024").toString("latin1")]) {
      const encoded = each(content, (digits) => `0x${digits}`, between);
      expect(found(`x = {${encoded}}`).map((one) => one.slice(one.indexOf(" ") + 1))).toEqual([encoded]);
    }
  });
});

describe("settings that name a secret", () => {
  const settings = [
    'DB_PASSWORD = "Kj8vQ2xW9zTr4WbNf71"\n',
    "HOST=pg.corp.fr\nPORT=5432\nAPI_SECRET=Kj8vQ2xW9zTr4WbNf71\n",
    "x: y\npassword: Kj8vQ2xW9zTr4WbNf71\n",
  ];

  test.each(settings)("%j: in hexadecimal, and in base64 of base64 where a password is named", (text) => {
    const twice = /password/i.test(text) ? [base64(base64(text))] : [];
    for (const encoded of [hex(text), hex(text).toUpperCase(), `a = "${hex(text)}"`, ...twice])
      expect(found(encoded).map((one) => one.split(" ")[0])).toEqual(["named-secret"]);
  });

  test.each([
    hex("DB_PASSWORD_FILE=/run/secrets/db\n"),
    hex("the password is written on a sheet of paper"),
    `f${hex('DB_PASSWORD = "changeme"')}`,
    base64(base64("DB_PASSWORD_FILE=/run/secrets/db\nPASSWORD_MIN=12\n")),
    "736563726574",
  ])("trap: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});
