import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { admissionReview, UID } from "../../../test/fixtures/admission-review.ts";
import { pod } from "../../../test/fixtures/manifests.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { allowed } from "../admission/response.ts";
import type { Asked } from "../admission/review.ts";
import { face, type Webhooks } from "./routes.ts";

const NOW = 1_000_000;
const BODY = admissionReview(pod({ name: "web", namespace: "aides" }));
const logged: [level: string, message: string, fields: object][] = [];
let webhooks: Webhooks;
let isDraining = false;
const server = createServer((request, response) => {
  const answer = face(webhooks, {
    now: () => NOW,
    log: (level, message, fields = {}) => void logged.push([level, message, fields]),
    isDraining: () => isDraining,
  });
  void answer(request, response);
});
let origin = "";

beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  logged.length = 0;
  isDraining = false;
  webhooks = {
    validate: async ({ request }) => allowed(request.uid),
    mutate: async ({ request }) => allowed(request.uid, { patch: [{ op: "test" }] }),
    unready: async () => [],
    releases: {
      make: async (authorization, body) => [201, { authorization, body: Buffer.from(body).toString() }],
      list: async (authorization, namespace) => [200, { authorization, namespace }],
    },
    checks: {
      check: async ({ until, ...asked }, withBody) => [
        200,
        { ...asked, left: until - NOW, body: await withBody(async (body) => Buffer.from(body).toString()) },
      ],
    },
  };
});

const post = (path: string, body: string | Uint8Array<ArrayBuffer> = new Uint8Array(BODY)) =>
  fetch(origin + path, { method: "POST", body });

test("reviews are decided, each by its path, with the time that the address leaves", async () => {
  const asked: Asked[] = [];
  webhooks = {
    ...webhooks,
    validate: async (one) => {
      asked.push(one);
      one.verify();
      return allowed(one.request.uid);
    },
  };
  const validated = await post("/admission/validate?timeout=3s");
  expect([validated.status, validated.headers.get("content-type"), await validated.json()]).toEqual([
    200,
    "application/json",
    { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: { uid: UID, allowed: true } },
  ]);
  expect(asked.map(({ until, request }) => [until - NOW, request.resource])).toEqual([[2_700, "pods"]]);
  expect(await (await post("/admission/mutate")).json()).toMatchObject({
    response: { patchType: "JSONPatch" },
  });
});

test.each([
  ["no JSON", "x", 400, "admission-review-invalid"],
  ["another document", "{}", 400, "admission-review-invalid"],
  ["too long a body", " ".repeat(LIMITS.admissionReviewBytes + 1), 413, "admission-review-too-large"],
])("%s is refused, and logged without its content", async (_, body, status, code) => {
  const answer = await post("/admission/validate", body);
  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  expect(logged).toEqual([["warn", "request refused", { status, code }]]);
});

test("a body with one key twice is refused where something would be examined for it", async () => {
  webhooks = {
    ...webhooks,
    validate: async ({ verify, request }) => {
      verify();
      return allowed(request.uid);
    },
  };
  const twice = Buffer.from(BODY).toString().replace('"operation":', '"operation":"DELETE","operation":');
  expect(await (await post("/admission/validate", twice)).json()).toMatchObject({
    code: "admission-review-invalid",
  });
});

test("a failure of ours is told to the log alone", async () => {
  webhooks = {
    ...webhooks,
    validate: async () => {
      throw new TypeError("secret place");
    },
  };
  const answer = await post("/admission/validate");
  expect([answer.status, (await answer.text()).includes("secret")]).toEqual([500, false]);
  expect(logged).toMatchObject([["error", "request failed", { error: "secret place" }]]);
});

test("an error of ours in a decision has its text", async () => {
  webhooks = {
    ...webhooks,
    validate: async () => {
      throw new InvalidInputError("x", { fr: "f", en: "e" });
    },
  };
  expect(await (await post("/admission/validate")).json()).toEqual({
    code: "x",
    message: { fr: "f", en: "e" },
  });
});

test("says whether it lives, whether it is ready, and why not", async () => {
  const get = async (path: string) => {
    const answer = await fetch(origin + path);
    return [answer.status, await answer.text()];
  };
  expect([await get("/livez"), await get("/readyz")]).toEqual([
    [200, "ok\n"],
    [200, "ok\n"],
  ]);
  webhooks = { ...webhooks, unready: async () => ["the store cannot be reached"] };
  expect(await get("/readyz")).toEqual([503, "the store cannot be reached\n"]);
  webhooks = { ...webhooks, notes: () => ["certificate: 89 days"] };
  expect(await get("/readyz")).toEqual([503, "the store cannot be reached\ncertificate: 89 days\n"]);
  webhooks = { ...webhooks, notes: () => [] };
  isDraining = true;
  expect(await get("/readyz")).toEqual([503, "the server stops\nthe store cannot be reached\n"]);
  expect((await fetch(`${origin}/livez`)).headers.get("connection")).toBe("close");
});

test.each([
  ["GET", "/admission/validate"],
  ["POST", "/readyz"],
  ["GET", "/"],
  ["GET", "/admission/validate/x"],
])("%s %s is no address of it", async (method, path) => {
  const answer = await fetch(origin + path, { method });
  expect([answer.status, await answer.json()]).toEqual([
    404,
    expect.objectContaining({ code: "no-such-resource" }),
  ]);
  expect(logged).toEqual([]);
});

test("releases are made and listed, by whoever the header says", async () => {
  const headers = { authorization: "Bearer x" };
  const made = await fetch(`${origin}/releases`, { method: "POST", body: "{}", headers });
  expect([made.status, await made.json()]).toEqual([201, { ...headers, body: "{}" }]);
  const listed = await fetch(`${origin}/releases?namespace=shop`, { headers });
  expect([listed.status, await listed.json()]).toEqual([200, { ...headers, namespace: "shop" }]);
  const anonymous = await fetch(`${origin}/releases`);
  expect(await anonymous.json()).toEqual({ namespace: "" });
  const large = await fetch(`${origin}/releases`, {
    method: "POST",
    body: new Uint8Array(2_000_000),
    headers,
  });
  expect(large.status).toBe(413);
  expect((await fetch(`${origin}/releases`, { method: "PUT", body: "{}" })).status).toBe(404);
});

test("checks are answered, by whoever the header says, and a longer body is refused before it is read", async () => {
  const headers = { authorization: "Bearer x" };
  const ask = (query: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${origin}/check${query}`, { method: "POST", body, headers });
  const answer = await ask("?namespace=shop&timeout=3s", "{}");
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { ...headers, namespace: "shop", left: 2_700, body: "{}" },
  ]);
  const anonymous = await fetch(`${origin}/check`, { method: "POST", body: "{}" });
  expect(await anonymous.json()).toEqual({ namespace: "", left: 9_000, body: "{}" });
  const large = await ask("?namespace=shop", new Uint8Array(LIMITS.admissionReviewBytes + 1));
  expect([large.status, await large.json()]).toEqual([
    413,
    expect.objectContaining({ code: "check-too-large" }),
  ]);
  expect((await fetch(`${origin}/check?namespace=shop`)).status).toBe(404);
});
