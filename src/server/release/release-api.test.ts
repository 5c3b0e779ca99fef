import { describe, expect, test } from "vitest";
import { type KnownUser, reviewToken } from "../access/token-review.ts";
import { MemoryStore } from "../examine/memory-store.ts";
import type { Decision } from "../ports.ts";
import { releaseApi } from "./release-api.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const DIGEST = `sha256:${"a".repeat(64)}`;
const REQUEST = { digest: DIGEST, namespace: "shop", until: "2026-06-16T12:00Z", reason: "registry down" };
const ALICE: KnownUser = { user: "alice", groups: ["system:authenticated", "oncall"] };

function api(
  groups: readonly string[] = ["oncall"],
  users: Readonly<Record<string, KnownUser>> = { a: ALICE },
) {
  const decisions: Decision[] = [];
  let [isDown, now] = [false, NOW];
  const store = new MemoryStore((decision) => {
    if (isDown) throw new Error("gone");
    decisions.push(decision);
  });
  const logged: string[] = [];
  const made = releaseApi(groups, {
    store,
    userOf: async (token) => {
      if (token === "down") throw new Error("no API server");
      return users[token];
    },
    now: () => now,
    log: (_, message) => void logged.push(message),
  });
  const make = (body: unknown, authorization: string | undefined = "Bearer a") =>
    made.make(authorization, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
  return {
    ...made,
    make,
    decisions,
    logged,
    fail: () => (isDown = true),
    at: (time: number) => (now = time),
  };
}

test("a member of a named group makes a release, which is recorded and counts until its end", async () => {
  const { make, decisions, at, ...own } = api();
  const list = (token: string, namespace: string) => own.list(token, namespace);
  const [status, release] = await make(REQUEST);
  expect([status, release]).toEqual([
    201,
    {
      ...REQUEST,
      until: "2026-06-16T12:00:00.000Z",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: "2026-06-15T12:00:00.000Z",
      by: "alice",
    },
  ]);
  expect(decisions).toMatchObject([
    { kind: "release", namespace: "shop", name: DIGEST, user: "alice", release, images: [], causes: [] },
  ]);
  expect(await list("Bearer a", "shop")).toEqual([200, { releases: [release], gracePeriods: [] }]);
  expect(await list("bearer a", "other")).toEqual([200, { releases: [], gracePeriods: [] }]);
  at(Date.parse("2026-06-16T12:00:00Z"));
  expect(await list("Bearer a", "shop")).toEqual([200, { releases: [], gracePeriods: [] }]);
});

describe("nothing is released", () => {
  test.each<[string, readonly string[], string | undefined, number, string]>([
    ["where the policy names no group", [], "Bearer a", 403, "release-nobody"],
    ["without a token", ["oncall"], "", 401, "token-unknown"],
    ["by a password", ["oncall"], "Basic YTpi", 401, "token-unknown"],
    ["by a token that is nobody's", ["oncall"], "Bearer b", 401, "token-unknown"],
    ["by a token that no API server reviews", ["oncall"], "Bearer down", 503, "token-unreviewed"],
    ["by a member of other groups", ["ONCALL", "on", "alice"], "Bearer a", 403, "release-forbidden"],
  ])("%s", async (_, groups, authorization, status, code) => {
    const { make, decisions, ...own } = api(groups);
    expect(await make(REQUEST, authorization)).toMatchObject([status, { code }]);
    expect(await own.list(authorization, "shop")).toMatchObject([status, { code }]);
    expect(decisions).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["no JSON", "{"],
    ["a list", []],
    ["nothing", "null"],
    ["another key", { ...REQUEST, rows: ["seccomp"] }],
    ["a key twice", `{"digest":"${DIGEST}",${JSON.stringify(REQUEST).slice(1)}`],
    ["a tag", { ...REQUEST, digest: "registry.example/a:1" }],
    ["a pattern of namespaces", { ...REQUEST, namespace: "*" }],
    ["every namespace", { ...REQUEST, namespace: "" }],
    ["no reason", { ...REQUEST, reason: " " }],
    ["a long reason", { ...REQUEST, reason: "x".repeat(501) }],
    ["a day", { ...REQUEST, until: "2026-06-16" }],
    ["a time that is none", { ...REQUEST, until: "2026-13-16T12:00Z" }],
    ["a time of another zone", { ...REQUEST, until: "2026-06-16T12:00+02:00" }],
    ["an end that is over", { ...REQUEST, until: "2026-06-15T12:00Z" }],
    ["an end beyond the seventh day", { ...REQUEST, until: "2026-06-22T12:00:01Z" }],
    ["no end", { ...REQUEST, until: undefined }],
  ])("for %s", async (_, body) => {
    const { make, decisions } = api();
    expect(await make(body)).toMatchObject([400, { code: expect.any(String) }]);
    expect(decisions).toEqual([]);
  });

  test("that cannot be recorded", async () => {
    const { make, fail, logged, ...own } = api();
    fail();
    expect(await make(REQUEST)).toMatchObject([503, { code: "release-unrecorded" }]);
    expect(await own.list("Bearer a", "shop")).toEqual([200, { releases: [], gracePeriods: [] }]);
    expect(logged).toEqual(["release not recorded"]);
  });
});

describe("the API server says whose a token is", () => {
  const reviewed = (status: object) => reviewToken({ send: async () => ({ status }) }, "t");

  test("by a TokenReview", async () => {
    const sent: object[] = [];
    const client = {
      send: async (request: object) => {
        sent.push(request);
        return { status: { authenticated: true, user: { username: "alice", groups: ["oncall", 3] } } };
      },
    };
    expect(await reviewToken(client, "t")).toEqual({ user: "alice", groups: ["oncall", ""] });
    expect(sent).toEqual([
      {
        method: "POST",
        path: "/apis/authentication.k8s.io/v1/tokenreviews",
        body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: "t" } },
      },
    ]);
  });

  test.each([
    [{}],
    [{ authenticated: false, user: { username: "alice" } }],
    [{ authenticated: "true", user: { username: "alice" } }],
    [{ authenticated: true, error: "expired", user: { username: "alice" } }],
    [{ authenticated: true, user: { groups: ["oncall"] } }],
  ])("%j is nobody", async (status) => {
    expect(await reviewed(status)).toBeUndefined();
  });

  test("a user without groups is in none", async () => {
    expect(await reviewed({ authenticated: true, user: { username: "bob" } })).toEqual({
      user: "bob",
      groups: [],
    });
  });
});
