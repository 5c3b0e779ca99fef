import { type Dispatcher, errors } from "undici";
import { LIMITS } from "../../contract/limits.ts";
import { agents } from "./agents.ts";
import type { HostPolicy } from "./hosts.ts";
import { paced } from "./paced.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default: the signal of all requests. */
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly url: URL;
  readonly status: number;
  /** "" when there is no such header; of several, the first. */
  header(name: string): string;
  /** All headers of this name. */
  headers(name: string): readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets the connection go; the body is not wanted. */
  discard(): Promise<void>;
}

export interface HttpOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
  readonly signal?: AbortSignal;
  /** Default LIMITS.networkIdleMs. */
  readonly networkIdleMs?: number;
}

/** Sends single requests: no redirect is followed, nothing tried again, errors are undici's own. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export function createHttp(hosts: HostPolicy, options: HttpOptions): Http {
  const idleMs = options.networkIdleMs ?? LIMITS.networkIdleMs;
  const { agentFor, close } = agents(hosts, options, idleMs);
  return {
    async send({ url, method, headers, body, signal = options.signal }) {
      const response = await begun(4 * idleMs, signal, async (either) =>
        agentFor(url).request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { "user-agent": "douane", "accept-encoding": "identity", ...headers },
          ...(body === undefined ? {} : { body }),
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

/** An answer that begins in time: hints (103) may go before it without an end, none of them silent for long. */
async function begun<T>(
  ms: number,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new errors.HeadersTimeoutError()), ms);
  try {
    return await request(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Bytes read of an unused body, so that its connection can be reused. */
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
    body: paced(body, url.host, 2 * idleMs),
    discard: async () => {
      const signal = AbortSignal.timeout(idleMs);
      await body.dump({ limit: DISCARDED_BYTES, signal }).catch(() => undefined);
    },
  };
}
