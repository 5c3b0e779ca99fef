import { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { addressRestriction } from "./address-restriction.ts";
import { trustOf } from "./certificate-authorities.ts";
import { explainedByCertificate } from "./client-certificate.ts";
import { certificateFinder } from "./connection-certificates.ts";
import type { HostPolicy } from "./hosts.ts";
import { withMinThroughput } from "./min-throughput.ts";
import { nodeTransport } from "./node-transport.ts";
import { type Proxy, type ProxyFinder, proxyFinder } from "./proxies.ts";
import { ProxyError, ThroughProxyError } from "./proxy-error.ts";
import {
  isStream,
  NoAnswerError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "./transport.ts";

export interface HttpRequest extends Omit<TransportRequest, "signal" | "certificates" | "proxy"> {
  /** Registry, as in references, on whose behalf the request is sent: its certificates (certs.d) count. */
  readonly registry?: string;
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
  /** Proxy that passed the answer on, or gave it itself. */
  readonly proxy?: Proxy | undefined;
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

/**
 * Sends single requests without following redirects or retrying. Errors are those of Node, which networkError()
 * explains, and `address-refused`.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** @throws UsageError proxy-invalid, certificates-invalid, from send() */
export function createHttp(hosts: HostPolicy, options: HttpOptions): Http {
  const idleMs = options.networkIdleMs ?? LIMITS.networkIdleMs;
  const { privateHosts } = options;
  const restriction = privateHosts === undefined ? undefined : addressRestriction(privateHosts);
  const certificatesFor = certificateFinder(options.env);
  let proxyFor: ProxyFinder | undefined;
  let transport: Transport | undefined;
  return {
    async send({ url, method, headers, body, registry, signal = options.signal }) {
      restriction?.verify(url);
      proxyFor ??= proxyFinder(options.env);
      transport ??= nodeTransport(hosts, trustOf({ ...options, restriction }), idleMs);
      const [proxy, certificates] = [proxyFor(url), certificatesFor(url, registry)];
      const request = {
        url,
        method,
        headers: { "user-agent": "douane", "accept-encoding": "identity", ...headers },
        ...(body === undefined ? {} : { body }),
        certificates,
        proxy,
      };
      const opened = transport;
      const ms = isStream(body) ? undefined : 4 * idleMs;
      try {
        const response = await begun(ms, signal, (either) => opened.send({ ...request, signal: either }));
        return wrap(url, response, idleMs, proxy);
      } catch (error) {
        if (signal?.aborted === true) throw error;
        throw throughProxy(explainedByCertificate(error, registry, certificates), proxy);
      }
    },
    close: async () => transport?.close(),
  };
}

function throughProxy(error: unknown, proxy: Proxy | undefined): unknown {
  const isOwn = !(error instanceof Error) || error instanceof DouaneError || error instanceof ProxyError;
  return proxy === undefined || isOwn ? error : new ThroughProxyError(proxy, error);
}

/**
 * Answer that begins within the timeout. Any number of early hints (103) may precede it, each within the
 * timeout of the transport.
 */
async function begun<T>(
  ms: number | undefined,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer =
    ms === undefined
      ? undefined
      : setTimeout(() => late.abort(new NoAnswerError("the answer does not begin")), ms);
  try {
    return await request(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function wrap(url: URL, response: TransportResponse, idleMs: number, proxy: Proxy | undefined): HttpResponse {
  const { status, body } = response;
  return {
    url,
    status,
    header: (name) => response.headers(name)[0] ?? "",
    headers: (name) => response.headers(name),
    body: withMinThroughput(body, url.host, 2 * idleMs),
    proxy,
    discard: () => response.discard(),
  };
}
