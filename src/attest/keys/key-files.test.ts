import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateKey, KEY_TYPES } from "./generate-key.ts";
import { readPrivateKey } from "./private-key.ts";
import { readPublicKey } from "./public-key.ts";
import { signedBy } from "./sign.ts";
import { isSignedBy } from "./verify.ts";

const BYTES = Buffer.from("what is signed");

/** Made by cosign 2.5 (generate-key-pair) with the password "secret". */
const COSIGN = {
  secret: `-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
OCwicCI6MX0sInNhbHQiOiJmRVlyM1duMzVCZHoyUVg2NDQ3Y1hCMDdTckxXVW9V
QStsK3ArRTliVW5JPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
Iiwibm9uY2UiOiJ2MmVDU1RGaU9GczdSbzFvWERWc0M4cmtkd1l2cHFRSSJ9LCJj
aXBoZXJ0ZXh0IjoiT1VubnlTOEczMTJkV01ONWZtNDFPaGJraUxQdE1kL28wMHlo
K2dLaXZVc05ubk1qeENpZmRQYmhYdlI3b1haQ3dyeGtXYnIwS1llclB2YTJDZ0lx
Z0dCbVh1Q3ZwVVFMM3NrSnI0bXh1TkZPVktuVmNRQ1ZiRnBjVkZmUmZvdjRyazJm
MThkeDBXcWh1R3JtZDBxM1FjK0IvTGVsTEtOY0J6UTA4UWpXTkp6OHpxUVdva0xH
dVpLQ0FOcDNHdnpEL3I3VU9SbVJZdmtkeWc9PSJ9
-----END ENCRYPTED SIGSTORE PRIVATE KEY-----
`,
  open: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDkfQGXhVOz/9TPq0+Cw9RNH8ZTGa
y6wn7ZbtFjT13fNh6hJ5d03WKLaeJA7lJsiyLzC3jSPy51ulVwsSJ9fFlw==
-----END PUBLIC KEY-----
`,
};

function pem(kind: "P-256" | "P-384" | "P-521" | "secp256k1" | "rsa-1024" | "rsa-3072"): string {
  const pair = kind.startsWith("rsa")
    ? generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) })
    : generateKeyPairSync("ec", { namedCurve: kind });
  return pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

describe("a generated pair", () => {
  test.each(
    KEY_TYPES.flatMap((type) => [[type, undefined] as const, [type, "pass"] as const, [type, ""] as const]),
  )("of type %s with the password %j signs, and its public half verifies", (type, password) => {
    const pair = generateKey(type, password);
    const secret = readPrivateKey(pair.secret, "k", password);
    const open = readPublicKey(pair.open, "k.pub");
    expect(isSignedBy(open, BYTES, signedBy(secret, BYTES))).toBe(true);
    expect([secret.id, open.id]).toEqual([pair.id, pair.id]);
    expect(pair.secret.includes("ENCRYPTED")).toBe(password !== undefined);
  });
});

test("a key of cosign is read with its password, and is the pair of its public half", () => {
  const secret = readPrivateKey(COSIGN.secret, "cosign.key", "secret");
  const open = readPublicKey(COSIGN.open, "cosign.pub");
  expect(secret.id).toBe(open.id);
  expect(isSignedBy(open, BYTES, signedBy(secret, BYTES))).toBe(true);
});

test.each(["P-256", "P-384", "P-521", "rsa-3072"] as const)(
  "PKCS#8 of %s is read, with and without a password",
  (kind) => {
    const plain = pem(kind);
    const sealed = createPrivateKey(plain)
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "pass" })
      .toString();
    expect(readPrivateKey(sealed, "k", "pass").id).toBe(readPrivateKey(plain, "k", undefined).id);
  },
);

const changed = (from: string, to: string) => {
  const body = COSIGN.secret.split("\n").slice(1, -2).join("");
  const json = Buffer.from(body, "base64").toString().replace(from, to);
  return COSIGN.secret.replace(/\n[\s\S]*\n-----END/, `\n${Buffer.from(json).toString("base64")}\n-----END`);
};

test.each<[string, string, string | undefined, string]>([
  ["cosign's key without a password", COSIGN.secret, undefined, "signing-key-password-missing"],
  ["cosign's key with another password", COSIGN.secret, "Secret", "signing-key-password-wrong"],
  ["another key derivation", changed('"scrypt"', '"argon2"'), "secret", "signing-key-invalid"],
  ["another cipher", changed("nacl/secretbox", "none"), "secret", "signing-key-invalid"],
  ["scrypt that takes 128 GiB", changed('"N":65536', '"N":134217728'), "secret", "signing-key-invalid"],
  ["scrypt that costs next to nothing", changed('"N":65536', '"N":2'), "secret", "signing-key-invalid"],
  ["scrypt whose N is no power of 2", changed('"N":65536', '"N":65537'), "secret", "signing-key-invalid"],
  [
    "a nonce that is too short",
    changed(/"nonce":"[^"]*"/.exec(jsonOf())?.[0] ?? "", '"nonce":"AAAA"'),
    "secret",
    "signing-key-invalid",
  ],
  ["a public key", COSIGN.open, undefined, "signing-key-public"],
  ["secp256k1", pem("secp256k1"), undefined, "signing-key-invalid"],
  ["RSA of 1024 bits", pem("rsa-1024"), undefined, "signing-key-invalid"],
  ["no key", "x", undefined, "signing-key-invalid"],
])("%s does not sign", (_, text, password, code) => {
  expect(() => readPrivateKey(text, "k", password)).toThrow(expect.objectContaining({ code, exit: 64 }));
});

function jsonOf(): string {
  return Buffer.from(COSIGN.secret.split("\n").slice(1, -2).join(""), "base64").toString();
}

test("an encrypted PKCS#8 with another password is refused as such", () => {
  const sealed = createPrivateKey(pem("P-256"))
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "pass" })
    .toString();
  const code = "signing-key-password-wrong";
  expect(() => readPrivateKey(sealed, "k", "other")).toThrow(expect.objectContaining({ code }));
});

test.each(["Secret", undefined])(
  "the message about the password %j holds neither key nor password",
  (password) => {
    const read = () => readPrivateKey(COSIGN.secret, "k", password);
    expect(read).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/eyJrZGY|Secret/) as string }),
    );
  },
);

test.each<[string, string, string]>([
  ["a private key", pem("P-256"), "public-key-private"],
  ["cosign's private key", COSIGN.secret, "public-key-private"],
  ["two public keys", COSIGN.open + generateKey("ed25519").open, "public-key-several"],
  ["a private key behind the public one", COSIGN.open + pem("P-256"), "public-key-private"],
  [
    "a certificate behind the key",
    `${COSIGN.open}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
    "public-key-certificate",
  ],
  ["a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "public-key-certificate"],
  ["no key", "x", "signing-key-invalid"],
])("%s is no public key", (_, text, code) => {
  expect(() => readPublicKey(text, "k.pub")).toThrow(expect.objectContaining({ code }));
});

test.each([
  ["P-256", "prime256v1", "ECDSA P-256", ["sha256"], false],
  ["P-384", "secp384r1", "ECDSA P-384", ["sha256", "sha384"], true],
  ["P-521", "secp521r1", "ECDSA P-521", ["sha256", "sha512"], true],
])(
  "a key of %s is %s, and verifies what it signed with each hash, in both encodings",
  (_, namedCurve, name, hashes, isUnread) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    const key = readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString(), "k");
    expect([key.algorithm.name, key.algorithm.hash, key.algorithm.unreadBy !== undefined]).toEqual([
      name,
      "sha256",
      isUnread,
    ]);
    for (const dsaEncoding of ["der", "ieee-p1363"] as const) {
      const accepted = ["sha256", "sha384", "sha512"].filter((hash) =>
        isSignedBy(key, BYTES, sign(hash, BYTES, { key: privateKey, dsaEncoding })),
      );
      expect(accepted).toEqual(hashes);
    }
  },
);

test.each([
  [2_048, true],
  [2_040, false],
])("RSA of %i bits signs: %s", (modulusLength, isAccepted) => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength });
  const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  expect(isRead(() => readPrivateKey(text, "k", undefined))).toBe(isAccepted);
});

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

test.each<[string, string, string]>([
  ["the smallest salt", '"salt":"[^"]*"', '"salt":"AAAAAAAAAAA="'],
  ["the least N", '"N":65536', '"N":1024'],
])("a key with %s is decrypted, and fails by its password alone", (_, from, to) => {
  const text = changed(new RegExp(from).exec(jsonOf())?.[0] ?? "", to);
  const code = "signing-key-password-wrong";
  expect(() => readPrivateKey(text, "k", "secret")).toThrow(expect.objectContaining({ code }));
});

test.each<[string, string, string]>([
  ["a salt that is too short", '"salt":"[^"]*"', '"salt":"AAAAAAAAAA=="'],
  ["an N that is too small", '"N":65536', '"N":512'],
  ["an N that is too large", '"N":65536', '"N":524288'],
  ["an r of 0", '"r":8', '"r":0'],
  ["an r that is too large", '"r":8', '"r":9'],
  ["a p of 0", '"p":1', '"p":0'],
  ["a p that is too large", '"p":1', '"p":5'],
  ["a nonce that is too long", '"nonce":"[^"]*"', `"nonce":"${Buffer.alloc(25).toString("base64")}"`],
  ["no ciphertext", '"ciphertext":"[^"]*"', '"other":""'],
  ["no JSON", "^.", ""],
])("a key with %s is of another form", (_, from, to) => {
  const text = changed(new RegExp(from).exec(jsonOf())?.[0] ?? "", to);
  const code = "signing-key-invalid";
  expect(() => readPrivateKey(text, "k", "secret")).toThrow(expect.objectContaining({ code }));
});

test("cosign's former label is read, too, and another one is none", () => {
  const labelled = (label: string) => COSIGN.secret.replaceAll("SIGSTORE", label);
  const { id } = readPublicKey(COSIGN.open, "cosign.pub");
  expect(readPrivateKey(labelled("COSIGN"), "k", "secret").id).toBe(id);
  expect(isRead(() => readPrivateKey(labelled("OTHER"), "k", "secret"))).toBe(false);
});

test("a generated key has the form that cosign writes", () => {
  const { secret } = generateKey(KEY_TYPES[0], "pass");
  const lines = secret.trimEnd().split("\n");
  expect([lines.at(0), lines.at(-1)]).toEqual([
    "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----",
    "-----END ENCRYPTED SIGSTORE PRIVATE KEY-----",
  ]);
  expect(lines.slice(1, -2).map(({ length }) => length)).toEqual(lines.slice(1, -2).map(() => 64));
  expect(JSON.parse(Buffer.from(lines.slice(1, -1).join(""), "base64").toString())).toEqual({
    kdf: { name: "scrypt", params: { N: 65_536, r: 8, p: 1 }, salt: expect.stringMatching(/^.{43}=$/) },
    cipher: { name: "nacl/secretbox", nonce: expect.stringMatching(/^.{32}$/) },
    ciphertext: expect.any(String),
  });
});
