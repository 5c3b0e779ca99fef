// Entries of transparency logs: Rekor's API v1 (https://github.com/sigstore/rekor/blob/main/openapi.yaml) and v2
// (https://github.com/sigstore/rekor-tiles/blob/main/api/proto/rekor/v2/rekor_service.proto).

import { createHash } from "node:crypto";
import { type Fields, isFields, numberOf, objectAt, textAt, textsAt } from "../../json/fields.ts";
import type { Http } from "../../net/http/http.ts";
import { isLoggedBy, loggedContent } from "../certificates/logged-signatures.ts";
import { proposalV1, requestV2 } from "./rekor-request.ts";
import { badAnswer, endpoint, exchange, jsonOf, type SigningService } from "./service.ts";
import { type SignedContent, signatureOf } from "./signed-content.ts";

/** Transparency log by the base of its address, with the major version of its API. */
export interface SigningLog {
  readonly url: URL;
  readonly version: 1 | 2;
}

/**
 * Adds a signature to a log.
 *
 * @param leaf certificate of the key, DER
 * @returns the entry in the form of a bundle (TransparencyLogEntry)
 * @throws UnavailableError rekor-unavailable, rekor-refused, rekor-redirect; rekor-answer, also for the entry of another
 * signature
 */
export async function logEntry(
  http: Http,
  log: SigningLog,
  content: SignedContent,
  leaf: Buffer,
): Promise<Fields> {
  const service: SigningService = { http, role: ROLE, code: "rekor" };
  const entry = await (log.version === 2 ? entryV2 : entryV1)(service, log.url, content, leaf);
  if (isAbout(entry, content, leaf)) return entry;
  throw badAnswer(service, log.url);
}

/** Test that an entry has one signature: this one, by this certificate. */
function isAbout(entry: Fields, content: SignedContent, leaf: Buffer): boolean {
  const logged = loggedContent(Buffer.from(textAt(entry, "canonicalizedBody") ?? "", "base64"));
  const payload = content.kind === "payload" ? content.payload : content.envelope.payload;
  const hash = createHash("sha256").update(payload).digest();
  const signature = signatureOf(content);
  return (
    logged.payloadHash?.equals(hash) === true &&
    isLoggedBy(logged, leaf) &&
    logged.signatures.every((one) => one.signature.equals(signature))
  );
}

const ROLE = { fr: "le journal de transparence (Rekor)", en: "the transparency log (Rekor)" };
const HEADERS = { "content-type": "application/json", accept: "application/json" };
const ENTRIES_V1 = "/api/v1/log/entries";

async function entryV1(
  service: SigningService,
  base: URL,
  content: SignedContent,
  leaf: Buffer,
): Promise<Fields> {
  const url = endpoint(base, ENTRIES_V1);
  const body = JSON.stringify(proposalV1(content, leaf));
  const { status, bytes, location } = await exchange(
    service,
    { method: "POST", url, headers: HEADERS, body },
    [409],
  );
  // The entry exists: an answer to an earlier attempt was lost.
  const known = status === 409 ? await knownEntry(service, base, location) : bytes;
  const [stored, ...others] = Object.values(jsonOf(known));
  const entry = others.length === 0 && isFields(stored) ? bundleEntry(stored) : undefined;
  if (entry === undefined) throw badAnswer(service, url);
  return entry;
}

/** Existing entry of the log, by the id at the end of a location. The host in the location is ignored. */
async function knownEntry(service: SigningService, base: URL, location: string): Promise<Uint8Array> {
  const [id] = /[0-9a-f]{64,80}$/.exec(location) ?? [];
  if (id === undefined) throw badAnswer(service, base);
  const url = endpoint(base, `${ENTRIES_V1}/${id}`);
  return (await exchange(service, { method: "GET", url, headers: HEADERS })).bytes;
}

/** Entry of the API's answer, in the form of a bundle; undefined for any other answer. */
function bundleEntry(stored: Fields): Fields | undefined {
  const verification = objectAt(stored, "verification");
  const proof = objectAt(verification, "inclusionProof");
  const [body, promise] = [textAt(stored, "body"), textAt(verification, "signedEntryTimestamp")];
  const [time, index, logId] = [
    numberOf(stored["integratedTime"]),
    numberOf(stored["logIndex"]),
    textAt(stored, "logID"),
  ];
  if (body === undefined || time === undefined || index === undefined || logId === undefined)
    return undefined;
  if (promise === undefined) return undefined;
  const { kind, apiVersion } = jsonOf(Buffer.from(body, "base64"));
  return {
    logIndex: String(index),
    logId: { keyId: fromHex(logId) },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(time),
    inclusionPromise: { signedEntryTimestamp: promise },
    ...("checkpoint" in proof ? { inclusionProof: proofOf(proof) } : {}),
    canonicalizedBody: body,
  };
}

function proofOf(proof: Fields): Fields {
  return {
    logIndex: String(proof["logIndex"]),
    rootHash: fromHex(textAt(proof, "rootHash") ?? ""),
    treeSize: String(proof["treeSize"]),
    hashes: textsAt(proof, "hashes").map(fromHex),
    checkpoint: { envelope: textAt(proof, "checkpoint") ?? "" },
  };
}

function fromHex(text: string): string {
  return Buffer.from(text, "hex").toString("base64");
}

async function entryV2(
  service: SigningService,
  base: URL,
  content: SignedContent,
  leaf: Buffer,
): Promise<Fields> {
  const url = endpoint(base, "/api/v2/log/entries");
  const body = JSON.stringify(requestV2(content, leaf));
  const { bytes } = await exchange(service, { method: "POST", url, headers: HEADERS, body });
  const entry = jsonOf(bytes);
  const isEntry =
    textAt(entry, "canonicalizedBody") !== undefined &&
    textAt(objectAt(entry, "logId"), "keyId") !== undefined &&
    textAt(objectAt(entry, "kindVersion"), "kind") !== undefined &&
    "checkpoint" in objectAt(entry, "inclusionProof");
  if (isEntry) return entry;
  throw badAnswer(service, url);
}
