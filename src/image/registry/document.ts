import { isHtml, notARegistry } from "./answer-error.ts";
import { readBody } from "./body.ts";
import type { RegistryClient } from "./client.ts";
import { networkError } from "./network-error.ts";
import { withRetries } from "./transient.ts";

/**
 * A manifest or another small document, as the registry gives it: nothing about its bytes is
 * verified here.
 *
 * @param limit bytes after which reading stops; a longer document comes back cut, one byte too long
 * @throws InvalidInputError not-a-registry
 * @throws UnavailableError those of RegistryClient.get()
 */
export async function fetchDocument(
  client: RegistryClient,
  path: string,
  { accept, limit }: { readonly accept: string; readonly limit: number },
  what: string,
): Promise<Uint8Array> {
  return withRetries(async () => {
    const response = await client.get(path, { accept }, what);
    const bytes = await readBody(response.body, limit).catch((error: unknown) => {
      throw client.signal.aborted ? error : networkError(error, response.url.host);
    });
    if (isHtml(response, bytes)) throw notARegistry(response.url, response.status);
    return bytes;
  }, client.signal);
}
