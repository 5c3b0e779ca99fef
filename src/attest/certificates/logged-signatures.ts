// Signatures in the body of an entry of Rekor: types `dsse` 0.0.1, `intoto` 0.0.2 and `hashedrekord` 0.0.1 of
// version 1 (https://github.com/sigstore/rekor/tree/main/pkg/types), `dsse` and `hashedrekord` 0.0.2 of version 2
// (https://github.com/sigstore/rekor-tiles/blob/main/api/proto/rekor/v2).

import { createPublicKey, X509Certificate } from "node:crypto";
import { type Fields, fieldsOf, objectAt, objectsAt, textAt } from "../../json/fields.ts";

/** A signature in a log, with the key that verified it there. */
interface LoggedSignature {
  readonly signature: Buffer;
  /** Certificate, or public key (SPKI), DER; undefined if the entry names none that can be read. */
  readonly verifier: Buffer | undefined;
}

/** Content of an entry of a transparency log: the signatures, and the hash of what they sign. */
export interface LoggedContent {
  /** SHA-256 of the payload; undefined if the entry states none. */
  readonly payloadHash: Buffer | undefined;
  readonly signatures: readonly LoggedSignature[];
}

/** @param body `canonicalizedBody`: JSON; content without signatures for other types, and for no JSON */
export function loggedContent(body: Uint8Array): LoggedContent {
  const spec = objectAt(parsed(body), "spec");
  const [v2Dsse, v2Record] = [objectAt(spec, "dsseV002"), objectAt(spec, "hashedRekordV002")];
  const content = objectAt(spec, "content");
  const [data, signature] = [objectAt(spec, "data"), objectAt(spec, "signature")];
  const signatures = [
    ...objectsAt(spec, "signatures").map((one) => ofPem(textAt(one, "signature"), textAt(one, "verifier"))),
    ...objectsAt(objectAt(content, "envelope"), "signatures").map((one) =>
      ofPem(decoded(textAt(one, "sig")).toString("latin1"), textAt(one, "publicKey")),
    ),
    ...("content" in signature
      ? [ofPem(textAt(signature, "content"), textAt(objectAt(signature, "publicKey"), "content"))]
      : []),
    ...objectsAt(v2Dsse, "signatures").map(ofVersion2),
    ...("signature" in v2Record ? [ofVersion2(objectAt(v2Record, "signature"))] : []),
  ];
  const hex = [spec, content].map((one) => objectAt(one, "payloadHash")).concat(objectAt(data, "hash"));
  const [hash] = hex.flatMap((one) => textAt(one, "value") ?? []);
  const digest =
    textAt(objectAt(v2Dsse, "payloadHash"), "digest") ?? textAt(objectAt(v2Record, "data"), "digest");
  const payloadHash = hash === undefined ? digest && decoded(digest) : Buffer.from(hash, "hex");
  return { payloadHash: payloadHash || undefined, signatures };
}

/**
 * Test that the log verified every signature of an entry by this certificate, or by its key.
 *
 * @param leaf DER
 */
export function isLoggedBy({ signatures }: LoggedContent, leaf: Buffer): boolean {
  const key = new X509Certificate(leaf).publicKey.export({ type: "spki", format: "der" });
  return (
    signatures.length > 0 &&
    signatures.every(
      ({ verifier }) => verifier !== undefined && (verifier.equals(leaf) || verifier.equals(key)),
    )
  );
}

function ofPem(signature: string | undefined, verifier: string | undefined): LoggedSignature {
  return { signature: decoded(signature), verifier: derOf(decoded(verifier).toString("latin1")) };
}

function ofVersion2(fields: Fields): LoggedSignature {
  const verifier = objectAt(fields, "verifier");
  const bytes =
    textAt(objectAt(verifier, "x509Certificate"), "rawBytes") ??
    textAt(objectAt(verifier, "publicKey"), "rawBytes");
  return {
    signature: decoded(textAt(fields, "content")),
    verifier: bytes === undefined ? undefined : decoded(bytes),
  };
}

/** First certificate or public key of a PEM text. */
function derOf(pem: string): Buffer | undefined {
  try {
    return pem.includes("BEGIN CERTIFICATE")
      ? new X509Certificate(pem).raw
      : createPublicKey(pem).export({ type: "spki", format: "der" });
  } catch {
    return undefined;
  }
}

function parsed(body: Uint8Array): Fields {
  try {
    return fieldsOf(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch {
    return {};
  }
}

function decoded(text = ""): Buffer {
  return Buffer.from(text, "base64");
}
