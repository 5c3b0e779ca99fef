import { type Fields, objectAt, stringOf } from "../../json/fields.ts";

/** User whom the API server knows. */
export interface KnownUser {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Part of a client of the API server. */
export interface ReviewingClient {
  /** Object of the answer; rejects if there is none. */
  send(request: { readonly method: "POST"; readonly path: string; readonly body: object }): Promise<Fields>;
}

/**
 * Asks the API server whose token it is; undefined if it is nobody's. Needs the right to create TokenReviews
 * (system:auth-delegator).
 *
 * Rejects if the API server does not answer.
 */
export async function reviewToken(client: ReviewingClient, token: string): Promise<KnownUser | undefined> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
  const path = "/apis/authentication.k8s.io/v1/tokenreviews";
  const status = objectAt(await client.send({ method: "POST", path, body: review }), "status");
  if (status["authenticated"] !== true || stringOf(status["error"]) !== "") return undefined;
  const { username, groups } = objectAt(status, "user");
  const user = stringOf(username);
  if (user === "") return undefined;
  return { user, groups: Array.isArray(groups) ? groups.map(stringOf) : [] };
}
