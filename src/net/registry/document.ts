import { InvalidInputError } from "../../contract/error.ts";
import { readBody } from "../http/body.ts";
import { decoded } from "../http/content-encoding.ts";
import type { HttpResponse } from "../http/http.ts";
import { networkError } from "../http/network-error.ts";
import { withRetries } from "../http/retry.ts";
import { errorInSuccess, isHtml, notARegistry } from "./answer-error.ts";
import { verifyDocumentSize } from "./blob-ref.ts";
import { PAST_CACHES, type RegistryClient } from "./client.ts";

/** Requested document. */
interface Wanted {
  /** Path relative to the repository: `manifests/1.2.3` */
  readonly path: string;
  readonly accept: string;
  /**
   * Maximum number of bytes. Of a longer document, limit + 1 bytes are returned, so that the excess is
   * noticed.
   */
  readonly limit: number;
  /** Name in messages. */
  readonly what: string;
}

export interface Document {
  readonly bytes: Uint8Array;
  readonly response: HttpResponse;
}

/**
 * Fetches a manifest or another small document. If `verify` fails, the document is requested again without
 * caches.
 *
 * @param verify throws if the document is wrong
 * @throws InvalidInputError document-too-large, as `verify`
 * @throws UnavailableError not-a-registry, content-encoding, as RegistryClient.get()
 */
export async function fetchDocument(
  client: RegistryClient,
  wanted: Wanted,
  verify: (document: Document) => void,
): Promise<Uint8Array> {
  const first = await fetchOnce(client, wanted, {});
  try {
    verify(first);
    return first.bytes;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
  }
  const second = await fetchOnce(client, wanted, PAST_CACHES);
  try {
    verify(second);
    return second.bytes;
  } catch (error) {
    // Content that its digest verifies is never taken for an error.
    throw errorInSuccess(second.response, second.bytes, wanted.what) ?? error;
  }
}

async function fetchOnce(
  client: RegistryClient,
  { path, accept, limit, what }: Wanted,
  caches: Readonly<Record<string, string>>,
): Promise<Document> {
  return withRetries(async () => {
    const response = await client.get(path, { accept, ...caches }, what);
    const read = await readBody(response.body, limit).catch((error: unknown) => {
      throw client.signal.aborted ? error : networkError(error, response.url.host);
    });
    const bytes = decoded(response, read, limit);
    if (isHtml(response, bytes)) throw notARegistry(response);
    verifyDocumentSize(bytes.length, what);
    return { bytes, response };
  }, client.signal);
}
