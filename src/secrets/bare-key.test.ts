import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { derOf, javaStore, pkcs12 } from "../../test/fixtures/key-files.ts";
import { noise } from "../../test/fixtures/secrets.ts";
import { codeUnits, findSecrets } from "./find.ts";
import { ScannedText } from "./scanned-text.ts";

function found(text: string) {
  return findSecrets(new ScannedText(() => text, ""), codeUnits(text)).map(
    ({ kind, confidence, start, end }) => `${kind} ${confidence} ${text.slice(start, end)}`,
  );
}

const SCALAR = createHash("sha256").update("douane").digest("hex");

/**
 * Keys whose DER Node cannot write: without a public part, or with an Ed25519 public part (RFC 8410 10.3).
 */
const BY_HAND = {
  "P-256 alone": `3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${SCALAR}`,
  "secp256k1 alone": `303e020100301006072a8648ce3d020106052b8104000a042730250201010420${SCALAR}`,
};

function der(key: ReturnType<typeof generateKeyPairSync>["privateKey"], type: "pkcs8" | "sec1" = "pkcs8") {
  return key.export({ format: "der", type }) as Buffer;
}

const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const K256 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
const P384 = derOf("P-384").toString("base64");
const RSA = derOf("rsa-1024").toString("base64");

describe("the base64 of a private key in DER", () => {
  test.each([
    ["RSA, PKCS#8", RSA],
    ["RSA, PKCS#1", derOf("rsa-1024", "pkcs1").toString("base64")],
    ["RSA of 3,072 bits", derOf("rsa-3072").toString("base64")],
    ["P-256", der(P256).toString("base64")],
    ["P-256, SEC1", der(P256, "sec1").toString("base64")],
    ["P-256 without its public part", Buffer.from(BY_HAND["P-256 alone"], "hex").toString("base64")],
    ["secp256k1, SEC1", der(K256, "sec1").toString("base64")],
    ["secp256k1 without its public part", Buffer.from(BY_HAND["secp256k1 alone"], "hex").toString("base64")],
    ["P-384", P384],
    ["P-384, SEC1", derOf("P-384", "sec1").toString("base64")],
    ["P-521", derOf("P-521").toString("base64")],
    ["P-521, SEC1", derOf("P-521", "sec1").toString("base64")],
    ["Ed25519", der(generateKeyPairSync("ed25519").privateKey).toString("base64")],
    ["X25519", der(generateKeyPairSync("x25519").privateKey).toString("base64")],
    ["Ed448", derOf("ed448").toString("base64")],
    ["X448", der(generateKeyPairSync("x448").privateKey).toString("base64")],
  ])("%s", (_, key) => {
    expect(found(`key="${key}"`)).toEqual([`private-key confirmed ${key}`]);
  });

  test.each([
    ["by lines", "\n"],
    ["by the lines of Windows", "\r\n"],
    ["by lines that are indented", "\n \t  "],
    ["by lines of a literal", "\\n"],
    ["by lines that go on", "\\\n"],
  ])("wrapped %s", (_, line) => {
    const key = RSA.replace(/.{64}(?=.)/g, `$&${line}`);
    for (const end of ['"', "'", "<", "\\", "\n", " ", ""])
      expect(found(`key: ${key}${end}`)).toEqual([`private-key confirmed ${key}`]);
  });

  test("goes on in whole lines alone", () => {
    expect(found(`key: ${RSA.replace(/.{64}(?=.)/g, "$&\n")}-x`)).toEqual([]);
  });

  test("ends where the next line is something else", () => {
    expect(found(`${P384}\nnext-words\n`)).toEqual([`private-key confirmed ${P384}`]);
    expect(found(`${P384}\nwords and more\n`)).toEqual([`private-key confirmed ${P384}`]);
  });

  test.each(["", "\n", "\r\n", "\\n", "\\r\\n", "\n\n"])(
    "belongs to a PEM block behind dashes and %j",
    (line) => {
      expect(found(`-----BEGIN PRIVATE KEY-----${line}${P384}`)).toEqual([]);
      expect(found(`----${line}${P384}`)).toHaveLength(1);
    },
  );

  test.each([
    ["a public key", derPublic()],
    ["a key that is cut", RSA.slice(0, 200)],
    ["a certificate's beginning", `MIIDdzCCAl+gAwIBAgIE${noise(400)}`],
    ["what begins like a key", `MIICdgIBADANBgkqhkiG${noise(400)}`],
    ["little", "MC4CAQAwBQYDK2VwBCIEIA=="],
    [
      "an RSA key of 32 bits, as in documentation",
      "MC4CAQACBQCphAI3AgMBAAECBAO1gKECAwDOLwIDANJ5AgMAwPUCAwC/sQIDALQV",
    ],
  ])("but not of %s", (_, text) => {
    expect(found(`key="${text}"`)).toEqual([]);
  });
});

function derPublic(): string {
  return generateKeyPairSync("rsa", { modulusLength: 1024 })
    .publicKey.export({ format: "der", type: "spki" })
    .toString("base64");
}

describe("the base64 of a key store", () => {
  test.each([
    ["pkcs12-key", pkcs12(1)],
    ["pkcs12-key", pkcs12(2)],
    ["java-keystore-key", javaStore(1)],
    ["java-keystore-key", javaStore(3, "cececece")],
  ])("%s", (kind, bytes) => {
    const store = bytes.toString("base64");
    expect(found(`store: ${store}\n`)).toEqual([`${kind} likely ${store}`]);
    const wrapped = store.replace(/.{40}(?=.)/g, "$&\n  ");
    expect(found(`store: |\n  ${wrapped}\n`)).toEqual([`${kind} likely ${wrapped}`]);
  });

  test.each([
    ["certificates alone, PKCS#12", pkcs12(3)],
    ["certificates alone, Java", javaStore(2)],
  ])("but not of %s", (_, bytes) => {
    expect(found(`store: ${bytes.toString("base64")}\n`)).toEqual([]);
  });
});

describe("a JWK", () => {
  const d = noise(43);
  test.each([
    `{"kty":"OKP","crv":"Ed25519","d":"${d}","x":"y"}`,
    `{"kty":"EC","crv":"P-256","d" : "${d}"}`,
    `{"kty": "RSA", "d": "${d}"}`,
  ])("%s", (text) => {
    expect(found(text)).toEqual([`private-key confirmed ${d}`]);
  });

  test.each([`{"kty":"oct","k":"${d}"}`, `{"k" : "${d}","kty":"oct"}`])("%s", (text) => {
    expect(found(text)).toEqual([`private-key likely ${d}`]);
  });

  test.each([
    `{"d":"${d}","x":"EC"}`,
    `{"kty":"EC","d":"${"a".repeat(43)}"}`,
    `{"kty":"EC","d":"${noise(39)}"}`,
    `{"kty":"EC","d":"${d}.${d}"}`,
    `{"kty":"ec","d":"${d}"}`,
    `{"kty":"EC","x":"${d}"}`,
    `{"k":"${d}","x":"oct"}`,
    `{"kty":"EC","k":"${d}"}`,
    `{"kty":"oct","k":"${"a".repeat(43)}"}`,
    `{"kty":"oct","k":"${noise(20)}"}`,
  ])("but not %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});
