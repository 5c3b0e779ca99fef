import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { generateKey } from "../keys/generate-key.ts";
import { readPrivateKey } from "../keys/private-key.ts";
import { readPublicKey } from "../keys/public-key.ts";
import { formatEnvelope, parseEnvelope } from "./envelope.ts";
import { preAuthEncoding } from "./pae.ts";
import { signEnvelope } from "./sign-envelope.ts";
import { signersOf } from "./verify-envelope.ts";

const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const read = (value: unknown) => parseEnvelope(bytes(value), "sha256:a");

function pair(type: "p256" | "ed25519" = "p256") {
  const { secret, open } = generateKey(type);
  return { secret: readPrivateKey(secret, "k", undefined), open: readPublicKey(open, "k.pub") };
}

describe("the vector of the specification", () => {
  const coordinate = (number: string) =>
    Buffer.from(BigInt(number).toString(16).padStart(64, "0"), "hex").toString("base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: coordinate("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
    y: coordinate("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
  };
  const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
  const envelope = {
    payload: "aGVsbG8gd29ybGQ=",
    payloadType: "http://example.com/HelloWorld",
    signatures: [
      { sig: "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==" },
    ],
  };

  test("has its encoding", () => {
    const encoded = preAuthEncoding(envelope.payloadType, bytes("hello world"));
    expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  test("is signed by its key, as r‖s, and by no other", () => {
    const key = readPublicKey(pem, "vector");
    expect(signersOf(read(envelope), [pair().open, key])).toEqual([key]);
    expect(signersOf(read({ ...envelope, payload: "aGVsbG8gd29ybGU=" }), [key])).toEqual([]);
    expect(signersOf(read({ ...envelope, payloadType: "http://example.com/HelloWorl" }), [key])).toEqual([]);
  });
});

test("lengths are of bytes, not of characters", () => {
  expect(preAuthEncoding("é", bytes("ü")).toString()).toBe("DSSEv1 2 é 2 ü");
});

const { secret, open } = pair();
const TYPE = "application/vnd.in-toto+json";
const whole = signEnvelope(TYPE, bytes("{}"), secret);
const document = JSON.parse(formatEnvelope(whole)) as { signatures: { sig: string }[] };

test("what is written is read back, without a key id", () => {
  expect(read(formatEnvelope(whole))).toEqual(whole);
  expect(whole.signatures[0]?.keyid).toBe("");
});

test("of several signatures one of a trusted key is enough, and counts once", () => {
  const other = pair("ed25519");
  const foreign = signEnvelope(TYPE, bytes("{}"), other.secret);
  const both = { ...whole, signatures: [...foreign.signatures, ...whole.signatures, ...whole.signatures] };
  expect(signersOf(both, [open])).toEqual([open]);
  expect(signersOf(both, [open, other.open])).toEqual([open, other.open]);
  expect(signersOf({ ...whole, signatures: foreign.signatures }, [open])).toEqual([]);
});

test("a key id that lies changes nothing", () => {
  const other = pair();
  const lying = { ...whole, signatures: whole.signatures.map((one) => ({ ...one, keyid: other.open.id })) };
  expect(signersOf(lying, [other.open])).toEqual([]);
  expect(signersOf(lying, [other.open, open])).toEqual([open]);
});

const signature = document.signatures[0]?.sig ?? "";
test.each<[string, unknown]>([
  ["without a key id, which is optional", { ...document, signatures: [{ sig: signature }] }],
  ["with a key id of null, as Go may write", { ...document, signatures: [{ keyid: null, sig: signature }] }],
  ["with a field of a later version", { ...document, extra: { a: 1 } }],
  [
    "in URL-safe Base64",
    { ...document, signatures: [{ sig: signature.replaceAll("+", "-").replaceAll("/", "_") }] },
  ],
])("an envelope %s is read", (_, value) => {
  expect(signersOf(read(value), [open])).toEqual([open]);
});

const duplicate = JSON.stringify(document).replace('"payload":', '"payload":"e30=","payload":');
test.each<[string, unknown, string]>([
  ["no JSON", "x", "json-invalid"],
  ["a list", [], "envelope-invalid"],
  ["no payload", { ...document, payload: undefined }, "envelope-invalid"],
  ["no type", { ...document, payloadType: undefined }, "envelope-invalid"],
  ["a type that is no text", { ...document, payloadType: 1 }, "envelope-invalid"],
  ["signatures that are no list", { ...document, signatures: {} }, "envelope-invalid"],
  ["no signature", { ...document, signatures: [] }, "envelope-unsigned"],
  [
    "17 signatures",
    { ...document, signatures: Array.from({ length: 17 }, () => ({ sig: "" })) },
    "envelope-signatures",
  ],
  ["a payload that is no Base64", { ...document, payload: "e30=?" }, "envelope-base64"],
  ["a payload with a line break", { ...document, payload: "e3\n0=" }, "envelope-base64"],
  ["a signature that is no Base64", { ...document, signatures: [{ sig: "%" }] }, "envelope-base64"],
  ["one key twice", duplicate, "attestation-duplicate-key"],
  ["nesting without end", "[".repeat(1_000), "json-too-deep"],
])("an envelope with %s is refused for that", (_, value, code) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ code, exit: 65 }));
});

test.each([
  ["envelopeSignatures", { ...document, signatures: Array.from({ length: 17 }, () => ({ sig: "" })) }],
  ["statementValues", `[${"0,".repeat(LIMITS.statementValues + 1)}`],
])("the bound %s is named", (bound, value) => {
  expect(() => read(value)).toThrow(`${bound})`);
});

test("100 MB are refused before they are parsed", () => {
  const code = "attestation-too-large";
  const large = Buffer.alloc(LIMITS.attestationBytes + 1, "[");
  expect(() => parseEnvelope(large, "a")).toThrow(expect.objectContaining({ code }));
});

test.each<[string, string, string, boolean]>([
  ["P-256", "sha256", "der", true],
  ["P-256", "sha256", "ieee-p1363", true],
  ["P-256", "sha384", "der", false],
  ["P-384", "sha256", "der", true],
  ["P-384", "sha384", "der", true],
  ["P-384", "sha384", "ieee-p1363", true],
  ["P-384", "sha512", "der", false],
  ["P-521", "sha512", "der", true],
  ["P-521", "sha256", "der", true],
  ["P-521", "sha384", "der", false],
])("of %s with %s as %s is accepted: %j", (namedCurve, hash, dsaEncoding, isAccepted) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  const key = readPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString(), "k.pub");
  const encoding = dsaEncoding === "der" ? "der" : "ieee-p1363";
  const made = sign(hash, preAuthEncoding(TYPE, bytes("{}")), { key: privateKey, dsaEncoding: encoding });
  const envelope = { payloadType: TYPE, payload: bytes("{}"), signatures: [{ keyid: "", bytes: made }] };
  expect(signersOf(envelope, [key])).toEqual(isAccepted ? [key] : []);
});
