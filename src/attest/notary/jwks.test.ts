import { expect, test } from "vitest";
import { FakeIssuer } from "../../../test/fixtures/fake-issuer.ts";
import { IssuerKeys, keysOf } from "./jwks.ts";

const ISSUER = { kind: "gitlab", url: "https://gitlab.example.org", audience: "notary" } as const;
const MINUTE = 60_000;

test("an unknown key id reads the keys once, and again after a minute", async () => {
  const issuer = new FakeIssuer("a");
  const keys = new IssuerKeys(async () => issuer.keySet());
  expect((await keys.find(ISSUER, "a", 0))?.id).toBe("a");
  issuer.add("b");
  expect(await keys.find(ISSUER, "b", 1)).toBeUndefined();
  expect(await keys.find(ISSUER, "b", MINUTE - 1)).toBeUndefined();
  expect(issuer.reads).toBe(1);
  expect((await keys.find(ISSUER, "b", MINUTE))?.id).toBe("b");
  expect(issuer.reads).toBe(2);
});

test("known keys are read again after an hour, so that a withdrawn one ends", async () => {
  let issuer = new FakeIssuer("a");
  const keys = new IssuerKeys(async () => issuer.keySet());
  await keys.find(ISSUER, "a", 0);
  issuer = new FakeIssuer("b");
  expect((await keys.find(ISSUER, "a", 60 * MINUTE - 1))?.id).toBe("a");
  expect(await keys.find(ISSUER, "a", 60 * MINUTE)).toBeUndefined();
});

test("readings at the same time are one, and a failed one is no answer that lasts", async () => {
  const issuer = new FakeIssuer("a");
  let fails = true;
  const keys = new IssuerKeys(async () => {
    const set = issuer.keySet();
    if (fails) throw new Error("down");
    return set;
  });
  const both = await Promise.allSettled([keys.find(ISSUER, "a", 0), keys.find(ISSUER, "a", 0)]);
  expect([both.map(({ status }) => status), issuer.reads]).toEqual([["rejected", "rejected"], 1]);
  fails = false;
  expect((await keys.find(ISSUER, "a", 1))?.id).toBe("a");
});

const issuer = new FakeIssuer("rsa-1", "ec-1");
const [, ec] = JSON.parse(issuer.keySet().toString()).keys;
test.each([
  ["a symmetric key", { kty: "oct", k: "c2VjcmV0", kid: "x", use: "sig" }],
  ["a key to encrypt", { ...ec, kid: "x", use: "enc" }],
  ["a key without an id", { ...ec, kid: undefined }],
  ["a point that is not on the curve", { ...ec, kid: "x", y: ec.x }],
  ["another curve", { kty: "EC", crv: "secp256k1", x: ec.x, y: ec.y, kid: "x" }],
  ["a key of another kind", { kty: "OKP", crv: "Ed25519", x: ec.x, kid: "x" }],
])("%s is left out of a set, and the others stay", (_, key) => {
  expect(keysOf(issuer.keySet([key])).map(({ id }) => id)).toEqual(["rsa-1", "ec-1"]);
});

test("an id that occurs twice counts for neither key", () => {
  expect(keysOf(issuer.keySet([{ ...ec, kid: "rsa-1" }])).map(({ id }) => id)).toEqual(["ec-1"]);
});

test("a set that is none has no keys", () => {
  expect(keysOf(Buffer.from("[]"))).toEqual([]);
  expect(() => keysOf(Buffer.from("<html>"))).toThrow("JWKS");
});
