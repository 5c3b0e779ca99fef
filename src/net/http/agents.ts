import type { Dispatcher } from "undici";
import { UsageError } from "../../contract/error.ts";
import { type TrustOptions, trustOf } from "./certificate-authorities.ts";
import type { HostPolicy } from "./hosts.ts";
import { restricted } from "./restricted-connector.ts";
import { connector, EnvHttpProxyAgent } from "./undici-parts.ts";

type TlsOptions = NonNullable<EnvHttpProxyAgent.Options["requestTls"]>;

/**
 * Connection pools that respect the environment's proxies: one pool for hosts with verified certificates, one
 * for the others. Created on first use.
 */
export function agents(hosts: HostPolicy, options: TrustOptions, idleMs: number) {
  const made = new Map<"verified" | "unverified", Dispatcher>();
  function agentFor(url: URL): Dispatcher {
    const kind = url.protocol === "http:" || hosts.isUnverified(url.host) ? "unverified" : "verified";
    const known = made.get(kind);
    if (known !== undefined) return known;
    const agent = kind === "verified" ? verifying(options, idleMs) : unverifying(options, idleMs);
    made.set(kind, agent);
    return agent;
  }
  async function close(): Promise<void> {
    await Promise.all([...made.values()].map((agent) => agent.destroy()));
  }
  return { agentFor, close };
}

function verifying(options: TrustOptions, timeout: number): Dispatcher {
  const { connect, context } = trustOf(options, timeout);
  const proxies = proxiesOf(options.env);
  const isDirect = proxies.httpProxy === "" && proxies.httpsProxy === "";
  const tls: TlsOptions = isDirect ? { timeout } : { secureContext: context(), timeout };
  return new EnvHttpProxyAgent({ ...proxies, allowH2: false, connect, requestTls: tls, proxyTls: tls });
}

function unverifying({ env, restriction }: TrustOptions, timeout: number): Dispatcher {
  const tls: TlsOptions = { rejectUnauthorized: false, timeout };
  const connect = restricted(restriction, (lookup) => connector({ ...tls, ...lookup, allowH2: false }));
  return new EnvHttpProxyAgent({ ...proxiesOf(env), allowH2: false, connect, requestTls: tls });
}

/**
 * Proxies of the environment, with its variables read as in curl and Go. This machine itself is never
 * contacted through a proxy.
 */
function proxiesOf(env: TrustOptions["env"]) {
  const noProxy = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  return {
    httpProxy: proxyUrl(env, "http_proxy"),
    httpsProxy: proxyUrl(env, "https_proxy"),
    noProxy: `localhost,127.0.0.1,::1,${noProxy}`,
  };
}

function proxyUrl(env: TrustOptions["env"], name: "http_proxy" | "https_proxy"): string {
  const value = env[name] ?? env[name.toUpperCase()] ?? "";
  const url = value === "" || value.includes("://") ? value : `http://${value}`;
  if (url === "" || URL.canParse(url)) return url;
  throw new UsageError("proxy-invalid", {
    fr: `${name.toUpperCase()} n'est pas une URL. Écrire par exemple http://proxy.exemple:3128.`,
    en: `${name.toUpperCase()} is no URL. Write for example http://proxy.example:3128.`,
  });
}
