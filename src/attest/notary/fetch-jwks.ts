import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { readBody } from "../../net/http/body.ts";
import type { Http } from "../../net/http/http.ts";
import { networkError } from "../../net/http/network-error.ts";
import { withRetries } from "../../net/http/retry.ts";
import type { FetchKeys } from "./jwks.ts";
import { keysAddress } from "./trusted-issuer.ts";

/**
 * Reads the keys of issuers over HTTP. Redirects are not followed: the keys come from the issuer itself or not
 * at all.
 *
 * @throws UnavailableError issuer-keys; as networkError()
 */
export function fetchKeysBy(http: Http): FetchKeys {
  return (issuer) => {
    const url = keysAddress(issuer);
    return withRetries(() => read(http, url));
  };
}

async function read(http: Http, url: URL): Promise<Uint8Array> {
  try {
    const response = await http.send({ method: "GET", url, headers: { accept: "application/json" } });
    const bytes = await readBody(response.body, LIMITS.jsonBytes);
    if (response.status === 200 && bytes.length <= LIMITS.jsonBytes) return bytes;
    throw noKeys(url, response.status);
  } catch (error) {
    throw error instanceof UnavailableError ? error : networkError(error, url.host);
  }
}

function noKeys(url: URL, status: number): UnavailableError {
  const seen = quoted(url.href);
  return new UnavailableError("issuer-keys", {
    fr: `${seen} ne donne pas les clés de l'émetteur (réponse ${status}). Vérifier l'adresse de la forge dans la politique.`,
    en: `${seen} does not give the issuer's keys (answer ${status}). Check the forge's address in the policy.`,
  });
}
