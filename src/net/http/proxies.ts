import { UsageError } from "../../contract/error.ts";

/** Proxies of the environment, as URLs; "" for none. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts that are reached without a proxy, separated by commas. */
  readonly noProxy: string;
}

/**
 * Proxies of the environment, with its variables read as in curl and Go. This machine itself is never
 * contacted through a proxy.
 *
 * @throws UsageError proxy-invalid
 */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const noProxy = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  return {
    httpProxy: proxyUrl(env, "http_proxy"),
    httpsProxy: proxyUrl(env, "https_proxy"),
    noProxy: `localhost,127.0.0.1,::1,${noProxy}`,
  };
}

function proxyUrl(
  env: Readonly<Record<string, string | undefined>>,
  name: "http_proxy" | "https_proxy",
): string {
  const value = env[name] ?? env[name.toUpperCase()] ?? "";
  const url = value === "" || value.includes("://") ? value : `http://${value}`;
  if (url === "" || URL.canParse(url)) return url;
  throw new UsageError("proxy-invalid", {
    fr: `${name.toUpperCase()} n'est pas une URL. Écrire par exemple http://proxy.exemple:3128.`,
    en: `${name.toUpperCase()} is no URL. Write for example http://proxy.example:3128.`,
  });
}
