import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { LIMITS } from "../../contract/limits.ts";
import { addressRestriction } from "./address-restriction.ts";
import { agents } from "./agents.ts";
import type { HostPolicy } from "./hosts.ts";
import { withMinThroughput } from "./min-throughput.ts";
import { errors } from "./undici-parts.ts";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Content, or a stream of any length. The answer to a stream may begin at any time, as long as bytes flow.
   */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Signal of this request; default: that of all requests. */
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly url: URL;
  readonly status: number;
  /** Value of a header; the first of several; "" if there is none. */
  header(name: string): string;
  /** Values of all headers with this name. */
  headers(name: string): readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
  /** Releases the connection without reading the body. */
  discard(): Promise<void>;
}

export interface HttpOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
  readonly signal?: AbortSignal;
  /** Idle timeout; default: LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
  /**
   * Hosts (`name[:port]`) that may have private addresses, whereas other hosts must have public ones. Absent:
   * every address is allowed. A proxy resolves names itself; behind a proxy, only hosts written as IP
   * addresses can be refused.
   */
  readonly privateHosts?: readonly string[];
}

/** Sends single requests without following redirects or retrying; errors are undici's, and `address-refused`. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export function createHttp(hosts: HostPolicy, options: HttpOptions): Http {
  const idleMs = options.networkIdleMs ?? LIMITS.networkIdleMs;
  const { privateHosts } = options;
  const restriction = privateHosts === undefined ? undefined : addressRestriction(privateHosts);
  const { agentFor, close } = agents(hosts, { ...options, restriction }, idleMs);
  return {
    async send({ url, method, headers, body, signal = options.signal }) {
      restriction?.verify(url);
      const response = await begun(isStream(body) ? undefined : 4 * idleMs, signal, async (either) =>
        agentFor(url).request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { "user-agent": "douane", "accept-encoding": "identity", ...headers },
          ...(body === undefined ? {} : { body: isStream(body) ? Readable.from(body) : body }),
          signal: either,
          headersTimeout: idleMs,
          bodyTimeout: idleMs,
        }),
      );
      return wrap(url, response, idleMs);
    },
    close,
  };
}

/**
 * Answer that begins within the timeout. Any number of early hints (103) may precede it, each within the
 * timeout.
 */
async function begun<T>(
  ms: number | undefined,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer =
    ms === undefined ? undefined : setTimeout(() => late.abort(new errors.HeadersTimeoutError()), ms);
  try {
    return await request(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function isStream(body: HttpRequest["body"]): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}

/** Maximum number of bytes read of an unused body, so that its connection can be reused. */
const DISCARDED_BYTES = 64 * 1024;

function wrap(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  idleMs: number,
): HttpResponse {
  const all = (name: string) => [headers[name] ?? []].flat();
  return {
    url,
    status: statusCode,
    header: (name) => all(name)[0] ?? "",
    headers: all,
    body: withMinThroughput(body, url.host, 2 * idleMs),
    discard: async () => {
      const signal = AbortSignal.timeout(idleMs);
      await body.dump({ limit: DISCARDED_BYTES, signal }).catch(() => undefined);
    },
  };
}
