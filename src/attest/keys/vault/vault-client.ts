// API of HashiCorp Vault and OpenBao: https://developer.hashicorp.com/vault/api-docs/secret/transit,
// https://developer.hashicorp.com/vault/api-docs/auth/jwt

import { UnavailableError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";
import { type Fields, fieldsOf, objectAt, textAt } from "../../../json/fields.ts";
import { parseJson } from "../../../json/parse-json.ts";
import { readBody } from "../../../net/http/body.ts";
import type { Http } from "../../../net/http/http.ts";
import { networkError } from "../../../net/http/network-error.ts";
import { Transient, withRetries } from "../../../net/http/retry.ts";
import type { VaultSettings } from "./vault-settings.ts";

/** Bytes of an answer: a key with a hundred versions has some 100 kB. */
const MOST = 4 * 1024 ** 2;

/**
 * Client of one Vault server. The token is sent to the server's address only: redirects are not followed, and
 * no error contains the token.
 */
export class VaultClient {
  readonly #http: Http;
  readonly #settings: VaultSettings;
  #token: Promise<string> | undefined;

  constructor(http: Http, settings: VaultSettings) {
    this.#http = http;
    this.#settings = settings;
  }

  /**
   * The `data` of an answer.
   *
   * @param path path below `/v1/`, encoded
   * @throws UnavailableError vault-forbidden, vault-not-found, vault-answer; as networkError()
   */
  async data(path: string, body?: object): Promise<Fields> {
    this.#token ??= this.#login();
    return objectAt(await this.#call(path, { "x-vault-token": await this.#token }, body), "data");
  }

  async #login(): Promise<string> {
    const { login } = this.#settings;
    if (login.kind === "token") return login.token;
    const answer = await this.#call(`auth/${login.path}/login`, {}, { role: login.role, jwt: login.jwt });
    const token = textAt(objectAt(answer, "auth"), "client_token");
    if (token === undefined) throw badAnswer(this.#settings.address.host, 200);
    return token;
  }

  #call(path: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Fields> {
    const { address, namespace } = this.#settings;
    const url = new URL(`${address.href.replace(/\/?$/, "/")}v1/${path}`);
    const request = {
      method: body === undefined ? ("GET" as const) : ("POST" as const),
      url,
      headers: {
        "content-type": "application/json",
        "x-vault-request": "true",
        ...(namespace === undefined ? {} : { "x-vault-namespace": namespace }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    return withRetries(() => send(this.#http, request));
  }
}

async function send(http: Http, request: Parameters<Http["send"]>[0]): Promise<Fields> {
  const { host } = request.url;
  let status = 0;
  let bytes: Uint8Array;
  try {
    const response = await http.send(request);
    status = response.status;
    bytes = await readBody(response.body, MOST);
  } catch (error) {
    throw networkError(error, host);
  }
  if (status !== 200) throw refusal(host, status);
  if (bytes.length > MOST) throw badAnswer(host, status);
  try {
    return fieldsOf(parseJson(bytes, quoted(host)));
  } catch {
    throw badAnswer(host, status);
  }
}

/** Error for a refused call. The answer's text is not quoted, since it may repeat the request. */
function refusal(host: string, status: number): Error {
  const seen = quoted(host);
  if (status === 403 || status === 400) {
    return new UnavailableError("vault-forbidden", {
      fr: `${seen} refuse (${status}). Vérifier que le jeton n'a pas expiré, que le rôle est celui de ce projet et de cette branche, et que sa politique permet de lire et d'utiliser la clé (transit/keys, transit/sign).`,
      en: `${seen} refuses (${status}). Check that the token has not expired, that the role is for this project and this branch, and that its policy allows to read and to use the key (transit/keys, transit/sign).`,
    });
  }
  if (status === 404) {
    return new UnavailableError("vault-not-found", {
      fr: `${seen} n'a pas cette clé, ou pas de moteur à cet endroit (404). Vérifier --key vault://MOTEUR/CLÉ et VAULT_NAMESPACE.`,
      en: `${seen} has no such key, or no engine at this mount (404). Check --key vault://MOUNT/KEY and VAULT_NAMESPACE.`,
    });
  }
  const problem = badAnswer(host, status);
  return [412, 429, 472, 473, 500, 502, 503, 504].includes(status) ? new Transient(problem) : problem;
}

function badAnswer(host: string, status: number): UnavailableError {
  return new UnavailableError("vault-answer", {
    fr: `la réponse de ${quoted(host)} n'est pas celle attendue de Vault (${status}). Vérifier VAULT_ADDR, et que Vault est descellé.`,
    en: `the answer of ${quoted(host)} is not what Vault gives (${status}). Check VAULT_ADDR, and that Vault is unsealed.`,
  });
}
