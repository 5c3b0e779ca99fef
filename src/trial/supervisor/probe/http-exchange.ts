import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import { LIMITS } from "../../../contract/limits.ts";

/** A GET on the wire. */
export interface HttpRequest {
  readonly scheme: "http" | "https";
  readonly address: string;
  readonly port: number;
  /** Path with its query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** Source address; default: the kernel's choice. */
  readonly from?: string;
}

export interface HttpResponse {
  readonly response: IncomingMessage;
  /** Body, up to LIMITS.trialHttpBytes. */
  readonly body: Buffer;
}

/**
 * Sends one request; any certificate is accepted.
 *
 * @throws Error `timeout` when the signal aborts; a network error; an error of the HTTP parser
 */
export async function exchangeHttp(
  { scheme, address, port, path, headers, from }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { get } = scheme === "https" ? https : http;
  const answered = Promise.withResolvers<HttpResponse>();
  const request = get(
    {
      host: address,
      port,
      path,
      headers,
      ...(from === undefined ? {} : { localAddress: from }),
      // Node would name a declared Host in the TLS handshake; the kubelet names the URL's host, an address.
      servername: "",
      agent: false,
      rejectUnauthorized: false,
      // Accepts a bare LF as line end, like Go's net/textproto, which the kubelet uses.
      insecureHTTPParser: true,
      signal,
    },
    (response) => {
      if (!isReadByGo(response)) return answered.reject(new Error("unsupported transfer encoding"));
      readBody(response).then((body) => answered.resolve({ response, body }), answered.reject);
    },
  );
  request.on("error", (error) => answered.reject(signal.aborted ? new Error("timeout") : error));
  try {
    return await answered.promise;
  } finally {
    request.destroy();
  }
}

/**
 * Whether Go's net/http, which the kubelet uses, can read the answer. Of the transfer encodings, Go supports
 * only `chunked`.
 */
function isReadByGo({ httpVersion, headersDistinct }: IncomingMessage): boolean {
  const encodings = headersDistinct["transfer-encoding"];
  if (encodings === undefined || httpVersion === "1.0") return true;
  return encodings.length === 1 && encodings[0]?.trim().toLowerCase() === "chunked";
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LIMITS.trialHttpBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, LIMITS.trialHttpBytes);
}

/** Host and port of a URL, the port always named, as in the kubelet's Host header. */
export function authority(address: string, port: number): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** Code of an error, otherwise its message. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as NodeJS.ErrnoException;
  return (code ?? error.message).slice(0, 100);
}
