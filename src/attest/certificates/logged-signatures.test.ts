import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { type FakeSigstore, fakeSigstore } from "../../../test/fixtures/fake-sigstore.ts";
import { isLoggedBy, loggedContent } from "./logged-signatures.ts";

const SIGNATURE = Buffer.from("a signature");
const HASH = createHash("sha256").update("payload").digest();
const pemBytes = (pem: string) => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");
let sigstore: FakeSigstore;
beforeAll(async () => {
  sigstore = await fakeSigstore();
});

const content = SIGNATURE.toString("base64");
const FORMS: Readonly<Record<string, (pem: string, der: Buffer) => object>> = {
  "dsse 0.0.1": (pem) => ({
    payloadHash: { algorithm: "sha256", value: HASH.toString("hex") },
    signatures: [{ signature: content, verifier: base64(pem) }],
  }),
  "intoto 0.0.2": (pem) => ({
    content: {
      payloadHash: { algorithm: "sha256", value: HASH.toString("hex") },
      envelope: { signatures: [{ sig: base64(content), publicKey: base64(pem) }] },
    },
  }),
  "hashedrekord 0.0.1": (pem) => ({
    data: { hash: { algorithm: "sha256", value: HASH.toString("hex") } },
    signature: { content, publicKey: { content: base64(pem) } },
  }),
  "dsse 0.0.2": (_, der) => ({
    dsseV002: {
      payloadHash: { algorithm: "SHA2_256", digest: base64(HASH) },
      signatures: [{ content, verifier: { x509Certificate: { rawBytes: base64(der) } } }],
    },
  }),
  "hashedrekord 0.0.2": (_, der) => ({
    hashedRekordV002: {
      data: { algorithm: "SHA2_256", digest: base64(HASH) },
      signature: { content, verifier: { x509Certificate: { rawBytes: base64(der) } } },
    },
  }),
};

test.each(Object.keys(FORMS))("an entry of type %s gives payload, signature and certificate", (form) => {
  const { ca, ctLog } = sigstore.pem;
  const der = pemBytes(ca);
  const logged = loggedContent(Buffer.from(JSON.stringify({ spec: FORMS[form]?.(ca, der) })));
  expect(logged).toEqual({ payloadHash: HASH, signatures: [{ signature: SIGNATURE, verifier: der }] });
  expect(isLoggedBy(logged, der)).toBe(true);
  const other = loggedContent(Buffer.from(JSON.stringify({ spec: FORMS[form]?.(ctLog, pemBytes(ctLog)) })));
  expect(isLoggedBy(other, der)).toBe(false);
});

test("a key that the entry names in place of a certificate is read, in version 2, too", () => {
  const verifier = { publicKey: { rawBytes: base64("a key") } };
  const logged = (one: object) =>
    loggedContent(
      Buffer.from(JSON.stringify({ spec: { dsseV002: { signatures: [{ content, verifier: one }] } } })),
    );
  expect(logged(verifier).signatures).toEqual([{ signature: SIGNATURE, verifier: Buffer.from("a key") }]);
  expect(logged({}).signatures).toEqual([{ signature: SIGNATURE, verifier: undefined }]);
});

test.each(["", "{", "[]", "null", '{"spec":1}', '{"spec":{"signatures":{}}}'])(
  "%j has no signatures, and is nobody's",
  (body) => {
    const logged = loggedContent(Buffer.from(body));
    expect(logged).toEqual({ payloadHash: undefined, signatures: [] });
    expect(isLoggedBy(logged, pemBytes(sigstore.pem.ca))).toBe(false);
  },
);
