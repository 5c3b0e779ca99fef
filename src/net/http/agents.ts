import { resolve } from "node:path";
import { createSecureContext, getCACertificates } from "node:tls";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { HostPolicy } from "./hosts.ts";

interface TrustOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caFile?: string;
}

type TlsOptions = NonNullable<EnvHttpProxyAgent.Options["requestTls"]>;

/**
 * Connection pools that respect the environment's proxies: one for hosts with verified certificates, one for
 * others. Created on first use, since reading the certificates takes about 50 ms.
 */
export function agents(hosts: HostPolicy, { env, caFile }: TrustOptions, idleMs: number) {
  const made = new Map<"verified" | "unverified", Dispatcher>();
  function agentFor(url: URL): Dispatcher {
    const kind = url.protocol === "http:" || hosts.isUnverified(url.host) ? "unverified" : "verified";
    const known = made.get(kind);
    if (known !== undefined) return known;
    const tls = kind === "verified" ? { secureContext: trusted(env, caFile) } : { rejectUnauthorized: false };
    const agent = createAgent(env, { ...tls, timeout: idleMs }, kind === "verified");
    made.set(kind, agent);
    return agent;
  }
  async function close(): Promise<void> {
    await Promise.all([...made.values()].map((agent) => agent.destroy()));
  }
  return { agentFor, close };
}

/**
 * Creates an agent, with proxy variables read as in curl and Go; this machine itself is never reached through
 * a proxy.
 */
function createAgent(env: TrustOptions["env"], tls: TlsOptions, verifies: boolean): Dispatcher {
  const noProxy = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  return new EnvHttpProxyAgent({
    httpProxy: proxyUrl(env, "http_proxy"),
    httpsProxy: proxyUrl(env, "https_proxy"),
    noProxy: `localhost,127.0.0.1,::1,${noProxy}`,
    allowH2: false,
    connect: tls,
    requestTls: tls,
    ...(verifies ? { proxyTls: tls } : {}),
  });
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

/** Trusted certificates: Node's own roots, the system's, and files that the user named. */
function trusted(env: TrustOptions["env"], caFile: string | undefined) {
  const extra = [caFile, env["SSL_CERT_FILE"] || undefined].filter((file) => file !== undefined);
  const ca = [...getCACertificates("default"), ...getCACertificates("system"), ...extra.map(readAuthorities)];
  return createSecureContext({ ca: [...new Set(ca)] });
}

function readAuthorities(file: string): string {
  try {
    const pem = Buffer.from(readBytes(resolve(file), { most: LIMITS.jsonBytes }) ?? []).toString();
    createSecureContext({ ca: pem });
    if (pem.includes("-----BEGIN")) return pem;
  } catch {
    // Both failures give the same message.
  }
  throw new UsageError("ca-file-invalid", {
    fr: `${quoted(file)} n'est pas un fichier PEM lisible d'autorités de certification (--ca-file, SSL_CERT_FILE).`,
    en: `${quoted(file)} is not a readable PEM file of certificate authorities (--ca-file, SSL_CERT_FILE).`,
  });
}
