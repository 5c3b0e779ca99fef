import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { pairOf, type Trust } from "./certificate-authorities.ts";
import type { ConnectionCertificates } from "./connection-certificates.ts";
import type { HostPolicy } from "./hosts.ts";
import type { Proxies } from "./proxies.ts";
import { restricted } from "./restricted-connector.ts";
import { DISCARDED_BYTES, isStream, type Transport, type TransportRequest } from "./transport.ts";
import { connector, EnvHttpProxyAgent } from "./undici-parts.ts";

type TlsOptions = NonNullable<EnvHttpProxyAgent.Options["requestTls"]>;

/**
 * Transport through the environment's proxies, by undici. Connection pools: one for hosts with verified
 * certificates, one for the others, and those of registries with their own certificates.
 */
export function proxiedTransport(
  hosts: HostPolicy,
  trust: Trust,
  proxies: Proxies,
  idleMs: number,
): Transport {
  const made = new Map<string, Dispatcher>();
  function agentFor({ url, certificates }: Pick<TransportRequest, "url" | "certificates">): Dispatcher {
    const kind = url.protocol === "http:" || hosts.isUnverified(url.host) ? "unverified" : "verified";
    const name = `${kind} ${certificates?.key ?? ""}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const agent = (kind === "verified" ? verifying : unverifying)(trust, proxies, idleMs, certificates);
    made.set(name, agent);
    return agent;
  }
  return {
    async send({ url, method, headers, body, signal, certificates }) {
      const answer = await agentFor({ url, certificates }).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        ...(body === undefined ? {} : { body: isStream(body) ? Readable.from(body) : body }),
        signal,
        headersTimeout: idleMs,
        bodyTimeout: idleMs,
      });
      return {
        status: answer.statusCode,
        headers: (name) => [answer.headers[name] ?? []].flat(),
        body: answer.body,
        discard: async () => {
          const late = AbortSignal.timeout(idleMs);
          await answer.body.dump({ limit: DISCARDED_BYTES, signal: late }).catch(() => undefined);
        },
      };
    },
    async close() {
      await Promise.all([...made.values()].map((agent) => agent.destroy()));
    },
  };
}

/** Trusts all authorities at once, since a tunnel is not opened a second time. */
function verifying(
  { authorities, restriction }: Trust,
  proxies: Proxies,
  timeout: number,
  certificates: ConnectionCertificates | undefined,
): Dispatcher {
  const contextOfAll = authorities();
  const proxyTls: TlsOptions = { secureContext: contextOfAll(), timeout };
  const tls: TlsOptions =
    certificates === undefined ? proxyTls : { secureContext: contextOfAll(certificates), timeout };
  const connect = restricted(restriction, (lookup) => connector({ ...tls, ...lookup, allowH2: false }));
  return new EnvHttpProxyAgent({ ...proxies, allowH2: false, connect, requestTls: tls, proxyTls });
}

function unverifying(
  { restriction }: Trust,
  proxies: Proxies,
  timeout: number,
  certificates: ConnectionCertificates | undefined,
): Dispatcher {
  const tls: TlsOptions = { rejectUnauthorized: false, timeout, ...pairOf(certificates) };
  const connect = restricted(restriction, (lookup) => connector({ ...tls, ...lookup, allowH2: false }));
  return new EnvHttpProxyAgent({ ...proxies, allowH2: false, connect, requestTls: tls });
}
