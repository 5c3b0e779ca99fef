import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { sizeMismatch } from "../blob-store.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { isHtmlType, notARegistry } from "./answer-error.ts";
import type { RegistryClient } from "./client.ts";
import type { HttpResponse } from "./http.ts";
import { networkError } from "./network-error.ts";
import { Transient, waitAfter } from "./transient.ts";

/**
 * The bytes of a blob, exactly as many as its descriptor says. A download that breaks off goes on
 * where it stopped, by a range request, up to LIMITS.networkAttempts in all; where the registry
 * does not know ranges and sends the whole again, what is already there is passed over.
 *
 * @throws InvalidInputError size-mismatch, not-a-registry
 * @throws UnavailableError those of RegistryClient.get()
 */
export async function* download(client: RegistryClient, descriptor: Descriptor): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (let attempts = 1; offset < descriptor.size; attempts++) {
    try {
      for await (const chunk of attempt(client, descriptor, offset)) {
        offset += chunk.length;
        yield chunk;
      }
    } catch (error) {
      await waitAfter(error, attempts, client.signal);
    }
  }
}

/** What one request gives of the blob from `offset` on; a Transient when it breaks off. */
async function* attempt(
  client: RegistryClient,
  descriptor: Descriptor,
  offset: number,
): AsyncGenerator<Uint8Array> {
  const { digest, size } = descriptor;
  const headers: Record<string, string> = offset === 0 ? {} : { range: `bytes=${offset}-` };
  const response = await client.get(`blobs/${digest}`, headers, digest);
  if (isHtmlType(response)) throw await discarding(response, notARegistry(response.url, response.status));
  const start = startOf(response, descriptor, offset);
  if (start === undefined) throw await discarding(response, wrongRange(response, descriptor, offset));
  let position = start;
  try {
    for await (const chunk of response.body) {
      const end = position + chunk.length;
      if (end > size) throw sizeMismatch(descriptor, end);
      if (end > offset) yield chunk.subarray(Math.max(0, offset - position));
      position = end;
    }
  } catch (error) {
    throw client.signal.aborted ? error : interrupted(error, response.url.host);
  }
  if (position < size) throw sizeMismatch(descriptor, position);
}

/** Where in the blob the answer begins: as asked for, or at 0 where ranges are unknown; undefined elsewhere. */
function startOf(response: HttpResponse, { size }: Descriptor, offset: number): number | undefined {
  if (response.status === 200) return 0;
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.header("content-range"));
  const [, first, last, whole] = range ?? [];
  const isWanted = Number(first) === offset && Number(last) === size - 1;
  return isWanted && (whole === "*" || Number(whole) === size) ? offset : undefined;
}

/** A stream that stalls may go on in a new connection, other than a host that never answers. */
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

function wrongRange(response: HttpResponse, { digest, size }: Descriptor, offset: number): UnavailableError {
  const host = quoted(response.url.host);
  const range = quoted(response.header("content-range"));
  return new UnavailableError("wrong-range", {
    fr: `${host} : octets ${offset}-${size - 1} de ${digest} demandés, ${range} reçus. Réessayez ; signalez-le à l'administrateur du registre.`,
    en: `${host}: bytes ${offset}-${size - 1} of ${digest} asked for, ${range} received. Try again; tell the registry's administrator.`,
  });
}
