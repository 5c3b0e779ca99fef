import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBody } from "../http/body.ts";
import { encodedOnTheWay, encodingOf } from "../http/content-encoding.ts";
import type { HttpResponse } from "../http/http.ts";
import { networkError } from "../http/network-error.ts";
import { Transient, waitAfter } from "../http/retry.ts";
import { errorInSuccess, isHtmlType, notARegistry } from "./answer-error.ts";
import { type BlobRef, sizeMismatch } from "./blob-ref.ts";
import { PAST_CACHES, type RegistryClient } from "./client.ts";

/**
 * Bytes of a blob, exactly as many as declared. An interrupted download resumes with a range request; if the
 * registry does not support ranges, bytes already received are skipped. The download fails after
 * LIMITS.networkAttempts without progress.
 *
 * @param afresh bypasses caches, after a corrupt answer
 * @throws InvalidInputError size-mismatch
 * @throws UnavailableError not-a-registry, wrong-range, content-encoding, as RegistryClient.get()
 */
export async function* download(
  client: RegistryClient,
  blob: BlobRef,
  afresh = false,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  let attempts = 0;
  while (offset < blob.size) {
    const before = offset;
    try {
      for await (const chunk of attempt(client, blob, offset, afresh)) {
        offset += chunk.length;
        yield chunk;
      }
    } catch (error) {
      attempts = offset - before >= LIMITS.networkProgressBytes ? 0 : attempts + 1;
      await waitAfter(error, attempts, client.signal);
    }
  }
}

/** Bytes of the blob from `offset` on, from one request; throws Transient if interrupted. */
async function* attempt(
  client: RegistryClient,
  blob: BlobRef,
  offset: number,
  afresh: boolean,
): AsyncGenerator<Uint8Array> {
  const { size } = blob;
  const response = await request(client, blob, offset, afresh);
  if (isHtmlType(response)) throw await discarding(response, notARegistry(response));
  const start = startOf(response, blob, offset);
  if (start === undefined) throw await discarding(response, wrongRange(response, blob, offset));
  await refuseErrorDocument(response, blob, start);
  const isEncoded = encodingOf(response) !== "";
  const length = response.header("content-length");
  if (isEncoded && length !== "" && Number(length) !== size - start) {
    throw await discarding(response, encodedOnTheWay(response));
  }
  let position = start;
  try {
    for await (const chunk of response.body) {
      const end = position + chunk.length;
      if (end > size) throw isEncoded ? encodedOnTheWay(response) : sizeMismatch(blob, end);
      if (end > offset) yield chunk.subarray(Math.max(0, offset - position));
      position = end;
    }
  } catch (error) {
    throw client.signal.aborted ? error : interrupted(error, response.url.host);
  }
  if (position === size) return;
  throw isEncoded ? encodedOnTheWay(response) : new Transient(sizeMismatch(blob, position));
}

/** Longest error document that is read. */
const ERROR_BYTES = 64 * 1024;

/** Reads a short JSON document in place of a blob, of another length. @throws as errorInSuccess() */
async function refuseErrorDocument(
  response: HttpResponse,
  { digest, size }: BlobRef,
  start: number,
): Promise<void> {
  const length = Number(response.header("content-length") || size - start);
  const isJson = response.header("content-type").toLowerCase().startsWith("application/json");
  if (!isJson || length === size - start || length > ERROR_BYTES) return;
  const body = await readBody(response.body, ERROR_BYTES).catch(() => new Uint8Array());
  throw (
    errorInSuccess(response, body, digest) ??
    new Transient(sizeMismatch({ digest, size }, start + body.length))
  );
}

/** Requests the rest of a blob; if the registry refuses the range, the whole blob. */
async function request(
  client: RegistryClient,
  blob: BlobRef,
  offset: number,
  afresh: boolean,
): Promise<HttpResponse> {
  const { digest, size } = blob;
  const caches: Record<string, string> = afresh ? PAST_CACHES : {};
  const path = `blobs/${digest}`;
  if (offset === 0) return client.get(path, caches, digest);
  const response = await client.get(path, { ...caches, range: `bytes=${offset}-` }, digest);
  if (response.status !== 416) return response;
  await response.discard();
  const [, length] = /^bytes \*\/(\d{1,15})$/.exec(response.header("content-range")) ?? [];
  if (length !== undefined && Number(length) !== size) throw sizeMismatch(blob, Number(length));
  return client.get(path, caches, digest);
}

/**
 * Offset in the blob at which the answer begins: the requested offset, or 0 without range support; undefined
 * for another offset.
 */
function startOf(response: HttpResponse, { size }: BlobRef, offset: number): number | undefined {
  if (response.status === 200) return 0;
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.header("content-range"));
  const [, first, last, whole] = range ?? [];
  const isWanted = Number(first) === offset && Number(last) === size - 1;
  return isWanted && (whole === "*" || Number(whole) === size) ? offset : undefined;
}

/** Error for an interrupted stream: a new connection may help, unless the host never answers. */
function interrupted(error: unknown, host: string): unknown {
  const explained = networkError(error, host);
  return explained instanceof UnavailableError && explained.code === "no-answer"
    ? new Transient(explained)
    : explained;
}

async function discarding<T>(response: HttpResponse, error: T): Promise<T> {
  await response.discard();
  return error;
}

function wrongRange(response: HttpResponse, { digest, size }: BlobRef, offset: number): UnavailableError {
  const host = quoted(response.url.host);
  const range = quoted(response.header("content-range"));
  return new UnavailableError("wrong-range", {
    fr: `${host} : octets ${offset}-${size - 1} de ${digest} demandés, ${range} reçus. Réessayer ; le signaler à l'administrateur du registre.`,
    en: `${host}: bytes ${offset}-${size - 1} of ${digest} asked for, ${range} received. Try again; tell the registry's administrator.`,
  });
}
