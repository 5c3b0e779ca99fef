import type { StatusSource, StatusSources } from "./status.ts";

const CLIENTS = new Set(["curl", "wget"]);
const URL_HOST = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i;
/** Hosts that are the container itself, or known at run time alone. */
const OWN = /^(?:localhost|127\.[\d.]*|0\.0\.0\.0|0|\[::1?\]|)$/i;

/** Sources for the hosts that curl or wget asks, if none of them is the container itself. */
export function foreignHosts(name: string, words: readonly string[]): StatusSources {
  if (!CLIENTS.has(name)) return new Set();
  const urls = words.flatMap((word) => URL_HOST.exec(word)?.[1] ?? []);
  const isForeign =
    urls.length > 0 &&
    urls.every((host) => !OWN.test(host) && !/[$`]/.test(host)) &&
    !words.some((word) => /--resolve|--connect-to|--unix-socket/.test(word));
  return new Set(isForeign ? urls.map((host): StatusSource => `host ${host}`) : []);
}
