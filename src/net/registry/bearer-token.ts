// Token authentication: https://distribution.github.io/distribution/spec/auth/token/ and .../oauth/

import { z } from "zod";
import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { parseJson } from "../../json/parse-json.ts";
import type { Credentials } from "../credentials/config-files.ts";
import { readBody } from "../http/body.ts";
import type { HostPolicy } from "../http/hosts.ts";
import type { Http, HttpRequest } from "../http/http.ts";
import { networkError } from "../http/network-error.ts";
import { answerError, isHtml, notARegistry } from "./answer-error.ts";
import type { Challenge } from "./challenge.ts";
import { realmOf } from "./realm.ts";

export interface Connection {
  readonly http: Http;
  readonly hosts: HostPolicy;
  /** Host of the registry that requires the token. */
  readonly registry: string;
  /** Registry, as in references. */
  readonly name: string;
  /** Actions that the token allows. */
  readonly actions: Actions;
}

/** Actions on a repository, as scopes of tokens name them. */
export type Actions = "pull" | "pull,push";

const Answer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * Fetches a bearer token for one repository. The scope does not come from the challenge, so that a registry
 * cannot make the user's account authorise more.
 *
 * @param credentials sent to the host of the challenge's realm, as Docker does; absent: anonymous
 * @returns undefined if the credentials are refused
 * @throws UnavailableError token-realm, token-answer; as answerError()
 * @throws Transient
 */
export async function fetchToken(
  { http, hosts, registry, name, actions }: Connection,
  challenge: Challenge,
  repository: string,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  const realm = realmOf(challenge, registry, hosts);
  const scope = `repository:${repository}:${actions}`;
  const service = challenge.parameters.get("service");
  const parameters = { ...(service === undefined ? {} : { service }), scope };
  const request =
    credentials?.kind === "identity-token"
      ? refreshRequest(realm, parameters, credentials.token)
      : tokenRequest(realm, parameters, credentials);
  const response = await http.send({ ...request, registry: name }).catch((error: unknown) => {
    throw networkError(error, realm.host);
  });
  if (response.status === 401 || response.status === 403) {
    await response.discard();
    return undefined;
  }
  if (response.status !== 200) throw await answerError(response, `token ${scope}`);
  const body = await readBody(response.body, LIMITS.settingsBytes).catch((error: unknown) => {
    throw networkError(error, realm.host);
  });
  if (isHtml(response, body)) throw notARegistry(response);
  const answer = readAnswer(body, realm);
  const token = answer?.token || answer?.access_token;
  // Only these characters are allowed: others could break out of the header.
  if (token !== undefined && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new UnavailableError("token-answer", {
    fr: `le service d'authentification ${quoted(realm.host)} n'a pas fourni de jeton. Réessayer ou le signaler à l'administrateur du registre.`,
    en: `the authentication service ${quoted(realm.host)} gave no token. Try again, or tell the registry's administrator.`,
  });
}

function readAnswer(body: Uint8Array, realm: URL) {
  if (body.length > LIMITS.settingsBytes) return undefined;
  try {
    return Answer.safeParse(parseJson(body, realm.host)).data;
  } catch {
    return undefined;
  }
}

function tokenRequest(
  realm: URL,
  parameters: Readonly<Record<string, string>>,
  credentials: Credentials | undefined,
): HttpRequest {
  const url = new URL(realm);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (credentials?.kind !== "password") return { method: "GET", url, headers: {} };
  url.searchParams.set("account", credentials.username);
  return {
    method: "GET",
    url,
    headers: { authorization: basic(credentials.username, credentials.password) },
  };
}

function refreshRequest(
  realm: URL,
  parameters: Readonly<Record<string, string>>,
  token: string,
): HttpRequest {
  const form = { grant_type: "refresh_token", client_id: "douane", refresh_token: token, ...parameters };
  return {
    method: "POST",
    url: realm,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
