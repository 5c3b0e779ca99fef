import type { ConnectionCertificates } from "./connection-certificates.ts";
import type { Proxy } from "./proxies.ts";

/** Request of a transport. */
export interface TransportRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Content, or a stream of any length. The answer to a stream may begin at any time, as long as bytes flow.
   */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Ends sending and reading. */
  readonly signal: AbortSignal;
  /** Certificates of the connection. */
  readonly certificates?: ConnectionCertificates | undefined;
  /** Proxy of the connection. */
  readonly proxy?: Proxy | undefined;
}

/** Answer of a host, its body not read yet. */
export interface TransportResponse {
  readonly status: number;
  /** Values of all headers with this name, in lower case. */
  headers(name: string): readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
  /** Releases the connection without reading the body. */
  discard(): Promise<void>;
}

/** Sends single requests, over connections that are reused. */
export interface Transport {
  /** Rejects with the signal's reason, or with the error of the connection, whose `code` says what failed. */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Maximum number of bytes read of an unused body, so that its connection can be reused. */
export const DISCARDED_BYTES = 64 * 1024;

/** Error for a host that does not answer, or does not go on, in time. */
export class NoAnswerError extends Error {
  readonly code = "ETIMEDOUT";
}

export function isStream(body: TransportRequest["body"]): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}
