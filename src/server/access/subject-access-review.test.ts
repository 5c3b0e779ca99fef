import { expect, test } from "vitest";
import { reviewAccess } from "./subject-access-review.ts";
import { type KnownUser, reviewToken } from "./token-review.ts";

const RIGHT = { verb: "check", resource: "pods", namespace: "shop" };
const USER: KnownUser = { user: "alice", groups: ["dev"] };

test("the API server is asked for a right by a SubjectAccessReview", async () => {
  const sent: object[] = [];
  const client = {
    send: async (request: object) => {
      sent.push(request);
      return { status: { allowed: true } };
    },
  };
  const narrowed = { ...USER, uid: "7", extra: { scopes: ["user:info"] } };
  expect(await reviewAccess(client, USER, RIGHT)).toBe(true);
  expect(await reviewAccess(client, narrowed, RIGHT)).toBe(true);
  const resourceAttributes = { ...RIGHT, group: "", version: "v1" };
  const body = (spec: object) => ({
    method: "POST",
    path: "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    body: { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec },
  });
  expect(sent).toEqual([body({ ...USER, resourceAttributes }), body({ ...narrowed, resourceAttributes })]);
});

test.each([
  [{}],
  [{ allowed: false }],
  [{ allowed: "true" }],
  [{ allowed: true, denied: true }],
  [{ evaluationError: "no policy" }],
])("%j is no right", async (status) => {
  expect(await reviewAccess({ send: async () => ({ status }) }, USER, RIGHT)).toBe(false);
});

test("a TokenReview's uid and extra fields are kept, by which an authorizer may narrow the user's rights", async () => {
  const user = {
    username: "alice",
    groups: ["dev"],
    uid: "7",
    extra: { scopes: ["user:info", 3], none: [] },
  };
  const client = { send: async () => ({ status: { authenticated: true, user } }) };
  expect(await reviewToken(client, "t")).toEqual({
    ...USER,
    uid: "7",
    extra: { scopes: ["user:info"], none: [] },
  });
});
