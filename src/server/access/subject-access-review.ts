import { objectAt } from "../../json/fields.ts";
import type { KnownUser, ReviewingClient } from "./token-review.ts";

/** A right on objects of one namespace, as RBAC names it. */
export interface Right {
  readonly verb: string;
  /** Resource of the core group. */
  readonly resource: string;
  /** Name of a namespace; an empty name would mean all of them. */
  readonly namespace: string;
}

/**
 * Asks the API server whether a user has a right, with all that the TokenReview said of the user. Needs the right to
 * create SubjectAccessReviews (system:auth-delegator). Rejects if the API server does not answer.
 */
export async function reviewAccess(
  client: ReviewingClient,
  { user, groups, uid, extra }: KnownUser,
  { verb, resource, namespace }: Right,
): Promise<boolean> {
  const spec = {
    user,
    groups,
    ...(uid === undefined ? {} : { uid }),
    ...(extra === undefined ? {} : { extra }),
    resourceAttributes: { namespace, verb, group: "", version: "v1", resource },
  };
  const review = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec };
  const path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  const status = objectAt(await client.send({ method: "POST", path, body: review }), "status");
  return status["allowed"] === true && status["denied"] !== true;
}
