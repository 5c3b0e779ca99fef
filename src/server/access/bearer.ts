import type { Text } from "../../contract/text.ts";
import { errorFields, type Log } from "../log.ts";
import type { KnownUser } from "./token-review.ts";

/** Status and body of an answer. */
export type ApiAnswer = readonly [status: number, body: object];

/** Ports by which the sender of a request is known. */
export interface BearerPorts {
  /**
   * User to whom a token belongs; undefined if the token is invalid. Rejects if the token cannot be verified.
   */
  userOf(token: string): Promise<KnownUser | undefined>;
  readonly log: Log;
}

/** Bearer token; tokens of OIDC have some thousands of characters. */
const TOKEN = /^Bearer ([\x21-\x7e]{1,16384})$/i;

/**
 * User who sent a request; otherwise the refusal.
 *
 * @param authorization value of the Authorization header
 */
export async function bearerOf(
  authorization: string | undefined,
  ports: BearerPorts,
): Promise<KnownUser | ApiAnswer> {
  const [, token] = TOKEN.exec(authorization ?? "") ?? [];
  if (token === undefined) return refusal(401, "token-unknown", NO_TOKEN);
  try {
    return (await ports.userOf(token)) ?? refusal(401, "token-unknown", NO_TOKEN);
  } catch (error) {
    ports.log("error", "token not reviewed", errorFields(error));
    return refusal(503, "token-unreviewed", UNREVIEWED);
  }
}

export function refusal(status: number, code: string, message: Text): ApiAnswer {
  return [status, { code, message }];
}

const NO_TOKEN: Text = {
  fr: "présenter un jeton que l'API server reconnaît : Authorization: Bearer JETON (kubectl create token COMPTE).",
  en: "present a token that the API server accepts: Authorization: Bearer TOKEN (kubectl create token ACCOUNT).",
};
const UNREVIEWED: Text = {
  fr: "l'API server n'a pas dit à qui est ce jeton ; la cause est dans le journal du serveur. Recommencer.",
  en: "the API server did not say whose token this is; the cause is in the server's log. Try again.",
};
