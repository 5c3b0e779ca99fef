import * as z from "zod/mini";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import type { Http } from "../../net/http/http.ts";
import { withRetries } from "../../net/http/retry.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { send } from "./notary-client.ts";

/**
 * Variable with the job's token, unless the user names another: `id_tokens` of GitLab, credentials of
 * Jenkins.
 */
export const TOKEN_VARIABLE = "DOUANE_ID_TOKEN";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Source of a job's identity token: a variable that contains the token, or GitHub's service that issues one.
 */
export type TokenSource =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "github"; readonly address: URL; readonly bearer: string };

/** Option that needs a token, the variable in which a job has this token, and its audience; for messages. */
export interface TokenUse {
  readonly flag: string;
  readonly variable: string;
  readonly audience: Text;
}

const NOTARY_TOKEN: TokenUse = {
  flag: "--via",
  variable: TOKEN_VARIABLE,
  audience: { fr: "ADRESSE_DU_NOTAIRE", en: "ADDRESS_OF_THE_NOTARY" },
};

/**
 * Finds the source of the job's identity token in its environment, without a connection.
 *
 * @param variable named by the user; undefined: the usual variable, then GitHub's service
 * @throws UsageError token-missing, token-form, token-service; none contains the token
 */
export function tokenSource(
  env: Env,
  variable: string | undefined,
  { flag, variable: usual, audience }: TokenUse = NOTARY_TOKEN,
): TokenSource {
  const name = variable ?? usual;
  const token = (env[name] ?? "").trim();
  if (token !== "") return tokenOf(token, name);
  const [address = "", bearer = ""] = [
    env["ACTIONS_ID_TOKEN_REQUEST_URL"],
    env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  ];
  if (variable !== undefined || address === "" || bearer === "")
    throw tokenMissing(flag, name, usual, audience);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSafe = url?.protocol === "https:" || (url !== undefined && hostPolicy([]).mayBePlain(url.host));
  if (url === undefined || !isSafe) throw notAService();
  return { kind: "github", address: url, bearer };
}

/**
 * Token in a file or a variable.
 *
 * @param name name of the file or variable in messages
 * @throws UsageError token-form
 */
export function tokenOf(text: string, name: string): TokenSource {
  const token = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return { kind: "token", token };
  throw notAToken(name);
}

/**
 * Identity token of the job, issued for the audience if the source is a service.
 *
 * @throws UnavailableError token-service; as networkError()
 */
export async function tokenFrom(http: Http, source: TokenSource, audience: string): Promise<string> {
  if (source.kind === "token") return source.token;
  const url = new URL(source.address);
  url.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${source.bearer}`, accept: "application/json" };
  const { status, bytes } = await withRetries(() => send(http, { method: "GET", url, headers }));
  const { data } = z.safeParse(Issued, status === 200 ? valueOf(bytes) : undefined);
  if (data !== undefined) return data.value;
  throw new UnavailableError("token-service", {
    fr: `${quoted(url.host)} n'a pas émis de jeton d'identité (réponse ${status}). Vérifier « permissions: id-token: write » du job.`,
    en: `${quoted(url.host)} issued no identity token (answer ${status}). Check \`permissions: id-token: write\` of the job.`,
  });
}

const Issued = z.object({ value: z.string().check(z.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)) });

function valueOf(bytes: Uint8Array): unknown {
  try {
    return parseSignedJson(bytes, "token");
  } catch {
    return undefined;
  }
}

function tokenMissing(flag: string, name: string, usual: string, { fr, en }: Text): UsageError {
  return new UsageError("token-missing", {
    fr: `${flag} : le job n'a pas de jeton d'identité (variable ${quoted(name)}). GitLab : « id_tokens: { ${usual}: { aud: ${fr} } } » ; GitHub : « permissions: id-token: write » ; une autre variable : --token env://NOM ; un fichier : --token file://CHEMIN.`,
    en: `${flag}: the job has no identity token (variable ${quoted(name)}). GitLab: \`id_tokens: { ${usual}: { aud: ${en} } }\`; GitHub: \`permissions: id-token: write\`; another variable: --token env://NAME; a file: --token file://PATH.`,
  });
}

function notAToken(name: string): UsageError {
  return new UsageError("token-form", {
    fr: `${quoted(name)} ne contient pas un jeton d'identité (JWT : trois parties séparées par des points). Vérifier le nom de la variable ou du fichier.`,
    en: `${quoted(name)} does not hold an identity token (JWT: three parts separated by dots). Check the name of the variable or file.`,
  });
}

function notAService(): UsageError {
  return new UsageError("token-service", {
    fr: "ACTIONS_ID_TOKEN_REQUEST_URL n'est pas une adresse https : aucun jeton n'est demandé.",
    en: "ACTIONS_ID_TOKEN_REQUEST_URL is not an https address: no token is requested.",
  });
}
