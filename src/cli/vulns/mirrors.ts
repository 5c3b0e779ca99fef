import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { OFFICIAL_FEEDS } from "../../vulnerabilities/update/official-feeds.ts";

/** Word for the publishers of the feeds themselves. */
const OFFICIAL = "official";
/** Prefix of the address of a single feed: `feed+https://host/all.zip`. */
const FEED = "feed+";

export interface Mirrors {
  /** Addresses of exported data; the first that answers is used. */
  readonly exports: readonly string[];
  /** Addresses of feeds, all of which are used. */
  readonly feeds: readonly string[];
}

/**
 * @param words mirrors as the user or the policy wrote them
 * @param insecure hosts that may be used without TLS
 * @throws UsageError mirror-invalid, feed-without-tls
 */
export function mirrorsOf(words: readonly string[], cwd: string, insecure: readonly string[]): Mirrors {
  const exports: string[] = [];
  const feeds: string[] = [];
  for (const word of words) {
    if (word === OFFICIAL) feeds.push(...OFFICIAL_FEEDS);
    else if (word.startsWith(FEED)) feeds.push(feedUrl(word, insecure));
    else exports.push(mirrorAddress(word, cwd));
  }
  return { exports, feeds };
}

function mirrorAddress(word: string, cwd: string): string {
  if (!word.includes("://")) return resolve(cwd, word);
  if (/^(?:oci|https?):\/\/\S{1,1000}$/.test(word)) return word;
  throw new UsageError("mirror-invalid", {
    fr: `Miroir ${quoted(word)} : écrire https://hôte/chemin, oci://registre/nom:tag ou un chemin.`,
    en: `Mirror ${quoted(word)}: write https://host/path, oci://registry/name:tag or a path.`,
  });
}

/** Address of a feed. Only TLS authenticates its publisher, so HTTP is refused unless allowed. */
function feedUrl(word: string, insecure: readonly string[]): string {
  const address = word.slice(FEED.length);
  if (URL.canParse(address) && /^https?:/.test(address)) {
    const url = new URL(address);
    if (url.protocol === "https:" || hostPolicy(insecure).mayBePlain(url.host)) return url.href;
    throw new UsageError("feed-without-tls", {
      fr: `Source ${quoted(word)} : sans TLS, n'importe qui sur le chemin peut la modifier. Écrire https://, ou --insecure-registry ${url.host}.`,
      en: `Feed ${quoted(word)}: without TLS, anybody on the way can change it. Write https://, or --insecure-registry ${url.host}.`,
    });
  }
  throw new UsageError("mirror-invalid", {
    fr: `Source ${quoted(word)} : écrire feed+https://hôte/chemin.`,
    en: `Feed ${quoted(word)}: write feed+https://host/path.`,
  });
}
