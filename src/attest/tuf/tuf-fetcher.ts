import { ReadableStream } from "node:stream/web";
import { BaseFetcher } from "tuf-js";
import { DownloadHTTPError } from "tuf-js/dist/error.js";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Http, HttpResponse } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { Transient, withRetries } from "../../net/http/retry.ts";

/** Statuses of mirrors for a missing file; the library stops at the last root when it gets one of them. */
const ABSENT = [403, 404];

/**
 * Reads files of a mirror with douane's HTTP client, from the mirror's host only. The base class bounds the
 * lengths.
 */
export class TufFetcher extends BaseFetcher {
  /** Failure of the mirror; the library would replace the message by its own. */
  failure: unknown;
  readonly #http: Http;

  constructor(http: Http) {
    super();
    this.#http = http;
  }

  override async fetch(address: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const url = new URL(address);
    try {
      const { status, body } = await withRetries(() => this.#get(url));
      if (ABSENT.includes(status)) throw new DownloadHTTPError(`${status}`, status);
      return ReadableStream.from(body as AsyncIterable<Uint8Array<ArrayBuffer>>);
    } catch (error) {
      if (!(error instanceof DownloadHTTPError)) this.failure ??= error;
      throw error;
    }
  }

  async #get(url: URL): Promise<HttpResponse> {
    const response = await this.#send(url);
    const { status } = response;
    if (status === 200) return response;
    await response.discard();
    if (ABSENT.includes(status)) return response;
    const problem = unexpected(url, status);
    throw [408, 429, 500, 502, 503, 504].includes(status) ? new Transient(problem) : problem;
  }

  async #send(url: URL): Promise<HttpResponse> {
    try {
      return await this.#http.send({ method: "GET", url, headers: {} });
    } catch (error) {
      throw networkError(error, url.host);
    }
  }
}

function unexpected({ host, pathname }: URL, status: number): UnavailableError {
  const [name, path] = [quoted(host), quoted(pathname)];
  return new UnavailableError("tuf-answer", {
    fr: `${name} répond ${status} pour ${path}, et douane ne suit aucune redirection. Le fichier en place reste. Vérifier l'adresse du miroir TUF.`,
    en: `${name} answers ${status} for ${path}, and douane follows no redirection. The file in place stays. Check the address of the TUF mirror.`,
  });
}
