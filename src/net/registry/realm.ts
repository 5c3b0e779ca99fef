import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type HostPolicy, leadsHere } from "../http/hosts.ts";
import { shownAddress } from "../http/shown-address.ts";
import type { Challenge } from "./challenge.ts";

/**
 * Token address of a challenge, to which passwords and tokens are sent. On another machine, any HTTPS address
 * is allowed. An address on this machine, or one without HTTPS, is allowed only if the registry is on this
 * machine or was named insecure by the user, or if the user named the address's host.
 *
 * @param registry host of the registry
 * @throws UnavailableError `token-realm`
 */
export function realmOf({ parameters }: Challenge, registry: string, hosts: HostPolicy): URL {
  const realm = parameters.get("realm") ?? "";
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url !== undefined && isFollowed(url, registry, hosts)) return url;
  const host = quoted(url?.host ?? "");
  throw new UnavailableError("token-realm", {
    fr: `le registre ${quoted(registry)} renvoie vers un service d'authentification sans HTTPS, ou sur cette machine même : ${shownAddress(realm)}. Aucun identifiant ne lui est envoyé ; si c'est un registre de test, passer --insecure-registry HÔTE avec l'hôte de cette adresse (${host}).`,
    en: `the registry ${quoted(registry)} points to an authentication service without HTTPS, or on this very machine: ${shownAddress(realm)}. No credentials are sent to it; if it is a test registry, pass --insecure-registry HOST with the host of that address (${host}).`,
  });
}

function isFollowed(url: URL, registry: string, hosts: HostPolicy): boolean {
  if (hosts.isNamed(url.host)) return /^https?:$/.test(url.protocol);
  const isTrusted = hosts.mayBePlain(registry);
  if (url.protocol === "https:") return isTrusted || !leadsHere(url);
  return url.protocol === "http:" && isTrusted && hosts.mayBePlain(url.host);
}
