// Requests for timestamps: RFC 3161, sections 2.4.1 and 3.4 (over HTTP).

import { createHash, randomBytes } from "node:crypto";
import type { Http } from "../../net/http/http.ts";
import { parseTimestamp, type TimestampToken } from "../x509/timestamp.ts";
import { derElement, derInteger, derSequence } from "../x509/write-der.ts";
import { badAnswer, exchange, type SigningService } from "./service.ts";

const SHA256_OID = "2.16.840.1.101.3.4.2.1";
/** AlgorithmIdentifier of SHA-256, with parameters NULL. */
const SHA256 = Buffer.from("300d06096086480165030402010500", "hex");

/**
 * Has an authority date a signature.
 *
 * @param url complete address of the authority
 * @returns the response, DER: it is about this signature and this request, but its signer is not verified yet
 * @throws UnavailableError tsa-unavailable, tsa-refused, tsa-redirect, tsa-answer
 */
export async function requestTimestamp(http: Http, url: URL, signature: Uint8Array): Promise<Buffer> {
  const hash = createHash("sha256").update(signature).digest();
  const nonce = derInteger(randomBytes(6));
  const body = timestampQuery(hash, nonce);
  const service: SigningService = { http, role: ROLE, code: "tsa" };
  const headers = { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" };
  const { bytes } = await exchange(service, { method: "POST", url, headers, body });
  if (isAbout(bytes, hash, nonce)) return Buffer.from(bytes);
  throw badAnswer(service, url);
}

const ROLE = { fr: "l'autorité d'horodatage (TSA)", en: "the timestamp authority (TSA)" };

/** @param nonce INTEGER */
function timestampQuery(hash: Buffer, nonce: Buffer): Buffer {
  const imprint = derSequence(SHA256, derElement(0x04, hash));
  // The chain is requested inside the token, since verifiers may know only its root.
  const certReq = derElement(0x01, Buffer.from([0xff]));
  return derSequence(derInteger(Buffer.from([1])), imprint, nonce, certReq);
}

function isAbout(response: Uint8Array, hash: Buffer, nonce: Buffer): boolean {
  let token: TimestampToken;
  try {
    token = parseTimestamp(response);
  } catch {
    return false;
  }
  const isSame = token.nonce === undefined || derElement(0x02, token.nonce).equals(nonce);
  return token.hashAlgorithm === SHA256_OID && token.hash.equals(hash) && isSame;
}
