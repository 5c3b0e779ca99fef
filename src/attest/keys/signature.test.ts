import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { signatureOver } from "./sign.ts";
import { isSignatureOf } from "./verify.ts";

const BYTES = Buffer.from("what is signed");

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function pemOf(pair: Pair): { readonly secret: string; readonly open: string } {
  return {
    secret: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    open: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

const ED25519 = pemOf(generateKeyPairSync("ed25519"));

test.each([
  ["Ed25519", ED25519],
  ["ECDSA P-256", pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }))],
  ["RSA", pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 }))],
])("what %s signed is its own, and nothing else is", (_, { secret, open }) => {
  const signature = signatureOver(BYTES, secret, "key.pem");
  expect(isSignatureOf(BYTES, signature, open)).toBe(true);
  expect(isSignatureOf(Buffer.from("what is signeD"), signature, open)).toBe(false);
  expect(isSignatureOf(BYTES, "", open)).toBe(false);
  expect(isSignatureOf(BYTES, "?", open)).toBe(false);
  const other = pemOf(generateKeyPairSync("ed25519"));
  expect(isSignatureOf(BYTES, signatureOver(BYTES, other.secret, "other"), open)).toBe(false);
});

test.each([
  ["no key", "x"],
  ["a public key", ED25519.open],
  ["of a type that signs nothing", pemOf(generateKeyPairSync("x25519")).secret],
])("%s does not sign", (_, pem) => {
  expect(() => signatureOver(BYTES, pem, "key.pem")).toThrow('"key.pem": not a readable PEM key');
});

test.each([
  ["no key", "x"],
  ["of a type that signs nothing", pemOf(generateKeyPairSync("x25519")).open],
])("%s verifies nothing, and is told", (_, pem) => {
  expect(() => isSignatureOf(BYTES, "AAAA", pem)).toThrow('"publicKey": not a readable PEM key');
});
