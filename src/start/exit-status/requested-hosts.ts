import { commandName } from "../../shell/wrappers.ts";
import type { StatusSource, StatusSources } from "./status.ts";

const URL_HOST = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i;
/** Hosts that are the container itself, or that are known only at run time. */
const OWN = /^(?:localhost|127\.[\d.]*|0\.0\.0\.0|0|\[?::1?\]?|)$/i;
/** Options of netcat that take a value. */
const VALUED = /^-[a-zA-Z]*[eGgIiMmOopqsTVWwXx]$/;
const PORT = /^\d{1,5}(?:-\d{1,5})?$/;
/** Clients that take the host from `-h HOST`, `--host=HOST`. */
const BY_OPTION = new Set(
  "pg_isready psql redis-cli valkey-cli mysqladmin mysql mariadb-admin mariadb mongosh mongo".split(" "),
);

/** Sources for the hosts that a client calls, if none of them is the container itself. */
export function foreignHosts(words: readonly string[]): StatusSources {
  const hosts = askedHosts(commandName(words[0]), words.slice(1));
  const isForeign = hosts.length > 0 && hosts.every(isForeignHost);
  return new Set(isForeign ? hosts.map((host): StatusSource => `host ${host}`) : []);
}

/** Whether a host is known, and is not the container itself. */
export function isForeignHost(host: string): boolean {
  return !OWN.test(host) && !/[$`]/.test(host);
}

/**
 * Hosts in the arguments of a known client; empty if there are none, or if an option redirects the client.
 */
function askedHosts(name: string, words: readonly string[]): readonly string[] {
  if (name === "curl" || name === "wget") {
    if (words.some((word) => /--resolve|--connect-to|--unix-socket/.test(word))) return [];
    return words.flatMap((word) => URL_HOST.exec(word)?.[1] ?? []);
  }
  if (/^(?:nc|ncat|netcat)$/.test(name)) {
    if (words.some((word) => /^-[a-zA-Z]*U/.test(word))) return [];
    const operands = words.filter(
      (word, index) => !word.startsWith("-") && !VALUED.test(words[index - 1] ?? ""),
    );
    const [host = "", port = ""] = operands;
    return operands.length === 2 && PORT.test(port) ? [host] : [];
  }
  return BY_OPTION.has(name) ? hostOption(words) : [];
}

function hostOption(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const [, joined] = /^--host=(.*)$/.exec(word) ?? [];
    const next = word === "-h" || word === "--host" ? words[index + 1] : undefined;
    const host = joined ?? next;
    // A path is the folder of a socket of the container.
    return host === undefined || host.startsWith("/") ? [] : [host];
  });
}
