import type { InlinedFacts } from "../../../contract/image-facts.ts";
import { environmentOfHost } from "../../../secrets/environment-host.ts";

/**
 * Characters of context on each side of a match, enough to recognise its purpose; a host has up to 253 bytes
 * (RFC 1035 2.3.4).
 */
export const AROUND = 256;

export type Inlined = Pick<InlinedFacts, "kind" | "value">;

/** Files that a browser loads or a server renders from, into which builds inline settings. */
const BUNDLE = /\.(?:[cm]?js|html)$/;
const HOST = /^[a-z\d][a-z\d-]{0,62}(?:\.[a-z\d-]{1,63}){1,8}/i;
/** A string literal that begins with a scheme; addresses in prose and comments are not literals. */
const LITERAL = /["'`](?:https?|wss?)$/;
const COMMENT = /^[ \t]{0,60}(?:\/\/|\*|\/\*)|[ \t]\/\/[ \t]/;
/** Context that makes a host harmless: a link, or a default that a runtime setting overrides. */
const OTHERWISE = /(?:\b(?:href|src|cite)["']?[ \t]?[:=][ \t]?|(?:\|\||\?\?)\s{0,4})["'`]\w{2,5}$/i;
/** Environment names that are also English words: libraries contain them in addresses of their own makers. */
const ENGLISH = /^(?:prod|prd|production|staging|stg|uat)$/;
/** Hosts that exist nowhere (RFC 2606, RFC 6761), as documentation and messages show them. */
const RESERVED = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/;
/** Names that denote the address of a service, and calls of a service. */
const PROMISED =
  /(?:ur[il]|host|hostname|endpoint|domain|origin|server|issuer|authority|api|backend|gateway)["']?\]?[ \t]?[:=][ \t]?["'`]\w{2,5}$|\bfetch\(["'`]\w{2,5}$/i;
const MODE_VALUE = /^MODE["']?[ \t]?:[ \t]?["'`]([a-z][\w-]{1,30})["'`]/;
/**
 * Variables that identify Vite's inlined environment: BASE_URL, DEV, PROD or SSR, or a mode with its prefix.
 */
const OF_VITE = /\b(?:BASE_URL|DEV|PROD|SSR)["']?[ \t]?:|VITE_(?:[A-Z]{1,20}_)?MODE["']?[ \t]?:/;
/** Production modes, in which a framework is optimised. */
const FAST = /^prod/;

/** Whether a build may have written settings into a content, judged by the content's path. */
export function isBundle(path: string): boolean {
  return BUNDLE.test(path);
}

/** The host after a scheme, in lower case. @param at offset of `://` */
export function hostAt(bytes: Buffer, at: number): string | undefined {
  return HOST.exec(bytes.toString("latin1", at + 3, at + AROUND))?.[0].toLowerCase();
}

/** Whether the code uses the host after a scheme as the address of an environment-specific service. */
export function isGiven(host: string, bytes: Buffer, at: number): boolean {
  const environment = environmentOfHost(host);
  if (environment === undefined || RESERVED.test(host)) return false;
  const before = bytes.toString("latin1", Math.max(0, at - AROUND), at);
  if (!LITERAL.test(before) || OTHERWISE.test(before) || COMMENT.test(lastLine(before))) return false;
  return !ENGLISH.test(environment) || PROMISED.test(before);
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** The environment that Vite built for: `MODE:"recette"`. @param at offset of `MODE` */
export function modeAt(bytes: Buffer, at: number): string | undefined {
  const mode = MODE_VALUE.exec(bytes.toString("latin1", at, at + AROUND))?.[1]?.toLowerCase();
  if (mode === undefined || FAST.test(mode) || environmentOfHost(`${mode}.`) === undefined) return undefined;
  const around = bytes.toString("latin1", Math.max(0, at - AROUND), at + AROUND);
  return OF_VITE.test(around) ? mode : undefined;
}
