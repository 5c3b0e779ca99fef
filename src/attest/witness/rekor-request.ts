// Requests by which clients add signatures: types `dsse` 0.0.1 and `hashedrekord` 0.0.1 of Rekor v1
// (https://github.com/sigstore/rekor/tree/main/pkg/types), DSSERequestV002 and HashedRekordRequestV002 of
// Rekor v2.

import { createHash, X509Certificate } from "node:crypto";
import type { Fields } from "../../json/fields.ts";
import { type Envelope, formatEnvelope } from "../dsse/envelope.ts";
import type { SignedContent } from "./signed-content.ts";

/** @param leaf certificate of the key, DER */
export function proposalV1(content: SignedContent, leaf: Buffer): Fields {
  const verifier = Buffer.from(new X509Certificate(leaf).toString()).toString("base64");
  if (content.kind === "envelope") {
    const proposedContent = { envelope: formatEnvelope(content.envelope), verifiers: [verifier] };
    return { apiVersion: "0.0.1", kind: "dsse", spec: { proposedContent } };
  }
  const hash = { algorithm: "sha256", value: createHash("sha256").update(content.payload).digest("hex") };
  const signature = { content: base64(content.signature), publicKey: { content: verifier } };
  return { apiVersion: "0.0.1", kind: "hashedrekord", spec: { data: { hash }, signature } };
}

/** @param leaf certificate of a P-256 key, DER */
export function requestV2(content: SignedContent, leaf: Buffer): Fields {
  const verifier = { x509Certificate: { rawBytes: base64(leaf) }, keyDetails: "PKIX_ECDSA_P256_SHA_256" };
  if (content.kind === "envelope")
    return { dsseRequestV002: { envelope: envelopeFields(content.envelope), verifiers: [verifier] } };
  const digest = createHash("sha256").update(content.payload).digest("base64");
  return { hashedRekordRequestV002: { digest, signature: { content: base64(content.signature), verifier } } };
}

function envelopeFields({ payload, payloadType, signatures }: Envelope): Fields {
  return {
    payload: base64(payload),
    payloadType,
    signatures: signatures.map(({ keyid, bytes }) => ({ sig: base64(bytes), keyid })),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
