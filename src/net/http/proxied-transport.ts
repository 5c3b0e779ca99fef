import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Trust } from "./certificate-authorities.ts";
import type { HostPolicy } from "./hosts.ts";
import type { Proxies } from "./proxies.ts";
import { restricted } from "./restricted-connector.ts";
import { DISCARDED_BYTES, isStream, type Transport } from "./transport.ts";
import { connector, EnvHttpProxyAgent } from "./undici-parts.ts";

type TlsOptions = NonNullable<EnvHttpProxyAgent.Options["requestTls"]>;

/**
 * Transport through the environment's proxies, by undici. Connection pools: one for hosts with verified
 * certificates, one for the others.
 */
export function proxiedTransport(
  hosts: HostPolicy,
  trust: Trust,
  proxies: Proxies,
  idleMs: number,
): Transport {
  const made = new Map<"verified" | "unverified", Dispatcher>();
  function agentFor(url: URL): Dispatcher {
    const kind = url.protocol === "http:" || hosts.isUnverified(url.host) ? "unverified" : "verified";
    const known = made.get(kind);
    if (known !== undefined) return known;
    const agent =
      kind === "verified" ? verifying(trust, proxies, idleMs) : unverifying(trust, proxies, idleMs);
    made.set(kind, agent);
    return agent;
  }
  return {
    async send({ url, method, headers, body, signal }) {
      const answer = await agentFor(url).request({
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
function verifying({ authorities, restriction }: Trust, proxies: Proxies, timeout: number): Dispatcher {
  const tls: TlsOptions = { secureContext: authorities()(), timeout };
  const connect = restricted(restriction, (lookup) => connector({ ...tls, ...lookup, allowH2: false }));
  return new EnvHttpProxyAgent({ ...proxies, allowH2: false, connect, requestTls: tls, proxyTls: tls });
}

function unverifying({ restriction }: Trust, proxies: Proxies, timeout: number): Dispatcher {
  const tls: TlsOptions = { rejectUnauthorized: false, timeout };
  const connect = restricted(restriction, (lookup) => connector({ ...tls, ...lookup, allowH2: false }));
  return new EnvHttpProxyAgent({ ...proxies, allowH2: false, connect, requestTls: tls });
}
