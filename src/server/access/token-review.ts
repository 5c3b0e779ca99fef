import { type Fields, fieldsOf, objectAt, stringOf, textAt, textsAt } from "../../json/fields.ts";

/** User known to the API server. */
export interface KnownUser {
  readonly user: string;
  readonly groups: readonly string[];
  /** UID of the user; absent if the API server names none. */
  readonly uid?: string;
  /** Further attributes of the user, by key; an authorizer may narrow a token's rights by them. */
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** Client of the API server, reduced to the one request needed here. */
export interface ReviewingClient {
  /** Sends a request. Returns the object of the answer; rejects without one. */
  send(request: { readonly method: "POST"; readonly path: string; readonly body: object }): Promise<Fields>;
}

/**
 * Asks the API server for the user of a token; undefined if the token is invalid. Needs the right to create
 * TokenReviews (system:auth-delegator). Rejects if the API server does not answer.
 */
export async function reviewToken(client: ReviewingClient, token: string): Promise<KnownUser | undefined> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
  const path = "/apis/authentication.k8s.io/v1/tokenreviews";
  const status = objectAt(await client.send({ method: "POST", path, body: review }), "status");
  if (status["authenticated"] !== true || stringOf(status["error"]) !== "") return undefined;
  const { username, groups, ...rest } = objectAt(status, "user");
  const user = stringOf(username);
  if (user === "") return undefined;
  const [uid, extra] = [textAt(rest, "uid"), fieldsOf(rest["extra"])];
  return {
    user,
    groups: Array.isArray(groups) ? groups.map(stringOf) : [],
    ...(uid === undefined ? {} : { uid }),
    ...(Object.keys(extra).length === 0
      ? {}
      : { extra: Object.fromEntries(Object.keys(extra).map((key) => [key, textsAt(extra, key)])) }),
  };
}
