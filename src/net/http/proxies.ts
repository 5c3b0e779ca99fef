import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { exceptionsOf } from "./no-proxy.ts";

/** A proxy that the environment names. */
export interface Proxy {
  readonly kind: "http" | "https" | "socks5";
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Host and port, for messages. */
  readonly shown: string;
  /** Variable that names the proxy, in upper case. */
  readonly variable: string;
}

/** Proxy for a URL; undefined if it is reached without a proxy. */
export type ProxyFinder = (url: URL) => Proxy | undefined;

type Env = Readonly<Record<string, string | undefined>>;

const KINDS: Readonly<Record<string, readonly [kind: Proxy["kind"], port: number]>> = {
  "http:": ["http", 80],
  "https:": ["https", 443],
  "socks5:": ["socks5", 1080],
  // The proxy resolves names with either scheme, as in Go.
  "socks5h:": ["socks5", 1080],
};

/**
 * Proxies of the environment, with its variables read as in curl and Go: lower case takes precedence. This machine
 * itself is never contacted through a proxy.
 *
 * @throws UsageError proxy-invalid
 */
export function proxyFinder(env: Env): ProxyFinder {
  const [http, https] = [proxyOf(env, "http_proxy"), proxyOf(env, "https_proxy")];
  const isException = exceptionsOf(env["no_proxy"] ?? env["NO_PROXY"] ?? "");
  return (url) => {
    const proxy = url.protocol === "http:" ? http : https;
    return proxy === undefined || isException(url) ? undefined : proxy;
  };
}

function proxyOf(env: Env, name: "http_proxy" | "https_proxy"): Proxy | undefined {
  const value = env[name] ?? env[name.toUpperCase()] ?? "";
  if (value === "") return undefined;
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [kind, port] = KINDS[url?.protocol ?? ""] ?? [];
  const variable = name.toUpperCase();
  if (url === undefined || kind === undefined || port === undefined || url.hostname === "") {
    throw invalid(variable, url?.protocol ?? "");
  }
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port || port),
    username: decoded(url.username),
    password: decoded(url.password),
    shown: `${url.hostname}:${url.port || port}`,
    variable,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The value is not shown, since it may hold a password. */
function invalid(variable: string, protocol: string): UsageError {
  const isScheme = /^[a-z][a-z0-9+.-]*:$/.test(protocol);
  const seen = isScheme ? ` (${quoted(protocol)})` : "";
  return new UsageError("proxy-invalid", {
    fr: `${variable} n'est pas l'URL d'un proxy HTTP, HTTPS ou SOCKS5${seen}. Écrire par exemple http://proxy.exemple:3128 ou socks5://proxy.exemple:1080.`,
    en: `${variable} is no URL of an HTTP, HTTPS or SOCKS5 proxy${seen}. Write for example http://proxy.example:3128 or socks5://proxy.example:1080.`,
  });
}
