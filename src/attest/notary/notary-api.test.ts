import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type Answered, type Notarise, notaryApi } from "./notary-api.ts";
import { NotaryRefusal } from "./refusal.ts";

const TEXT = { fr: "non", en: "no" };
const seen: [token: string, body: string][] = [];
const answered: Answered[] = [];
let notarise: Notarise;
const server = createServer((request, response) => {
  const api = notaryApi(
    (token, readBody) => notarise(token, readBody),
    (one) => answered.push(one),
  );
  void api(request, response);
});
// A server that closes idle connections may close the one on which a busy machine sends its next request.
server.keepAliveTimeout = 0;
let origin = "";

beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function post({
  path = "/v1/statements",
  method = "POST",
  authorization = "Bearer a.b.c",
  body = "{}",
} = {}): Promise<[number, unknown]> {
  const sent = method === "POST" ? { body } : {};
  const answer = await fetch(origin + path, { method, headers: { authorization }, ...sent });
  return [answer.status, await answer.json()];
}

test("statements are answered as envelopes", async () => {
  seen.length = 0;
  notarise = async (token, readBody) => {
    seen.push([token, Buffer.from(await readBody()).toString()]);
    const envelope = {
      payloadType: "application/vnd.in-toto+json",
      payload: Buffer.from("{}"),
      signatures: [{ keyid: "", bytes: Buffer.from("s") }],
    };
    return [{ digest: `sha256:${"a".repeat(64)}`, predicateType: "https://p", keyId: "k", envelope }];
  };
  expect(await post({ body: '{"a":1}' })).toEqual([
    200,
    {
      statements: [
        {
          digest: `sha256:${"a".repeat(64)}`,
          predicateType: "https://p",
          keyId: "k",
          envelope: {
            payloadType: "application/vnd.in-toto+json",
            payload: "e30=",
            signatures: [{ keyid: "", sig: "cw==" }],
          },
        },
      ],
    },
  ]);
  expect(seen).toEqual([["a.b.c", '{"a":1}']]);
});

test.each([
  ["another path", { path: "/v1/statement" }, 404, "no-such-resource"],
  ["a query", { path: "/v1/statements?token=a" }, 404, "no-such-resource"],
  ["another method", { method: "GET" }, 404, "no-such-resource"],
  ["no token", { authorization: "" }, 401, "token-missing"],
  ["a password", { authorization: "Basic YTpi" }, 401, "token-missing"],
  ["a scheme that ends like a bearer's", { authorization: "XBearer a.b.c" }, 401, "token-missing"],
  ["two tokens", { authorization: "Bearer a.b.c d" }, 401, "token-missing"],
  ["a token of other signs", { authorization: "Bearer a/b" }, 401, "token-missing"],
])("refused before anything is looked at: %s", async (_, request, status, code) => {
  notarise = async () => {
    throw new Error("was asked");
  };
  expect(await post(request)).toEqual([status, expect.objectContaining({ code })]);
});

test.each(["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c"])(
  "a token as %s is read",
  async (authorization) => {
    seen.length = 0;
    notarise = async (token) => {
      seen.push([token, ""]);
      return [];
    };
    expect(await post({ authorization })).toEqual([200, { statements: [] }]);
    expect([seen, answered.at(-1)]).toEqual([[["a.b.c", ""]], { status: 200, statements: 0 }]);
  },
);

test("an answer is JSON, and nothing on the way keeps it", async () => {
  notarise = async () => [];
  const { headers } = await fetch(`${origin}/v1/statements`, {
    method: "POST",
    headers: { authorization: "Bearer a.b.c" },
  });
  expect([headers.get("content-type"), headers.get("cache-control")]).toEqual([
    "application/json",
    "no-store",
  ]);
});

test("a body as large as it may be is read", async () => {
  let size = 0;
  notarise = async (_, readBody) => {
    size = (await readBody()).length;
    return [];
  };
  const [status] = await post({ body: " ".repeat(LIMITS.attestationBytes) });
  expect([status, size]).toEqual([200, LIMITS.attestationBytes]);
});

test.each([
  [new NotaryRefusal(409, "token-reused", TEXT), 409, { code: "token-reused", message: TEXT }],
  [new InvalidInputError("json-invalid", TEXT), 400, { code: "json-invalid", message: TEXT }],
  [new UnavailableError("registry-down", TEXT), 503, { code: "registry-down", message: TEXT }],
])("a refusal keeps its code and its text: %s", async (error, status, problem) => {
  notarise = async () => {
    throw error;
  };
  expect(await post()).toEqual([status, problem]);
  expect(answered.at(-1)).toEqual({ status, code: problem.code, statements: 0 });
});

test("a body beyond the limit is refused, and read to its end so that the job sees why", async () => {
  notarise = async (_, readBody) => {
    await readBody();
    throw new Error("was read");
  };
  const [status, problem] = await post({ body: " ".repeat(LIMITS.attestationBytes + 1) });
  expect([status, problem]).toEqual([400, expect.objectContaining({ code: "request-too-large" })]);
});

test("the body of a token that is refused is not kept", async () => {
  notarise = async () => {
    throw new NotaryRefusal(401, "token-expired", TEXT);
  };
  const [status] = await post({ body: " ".repeat(8 * 1024 ** 2) });
  expect(status).toBe(401);
});

test("a failure of the notary's own is told to its log alone", async () => {
  const error = new Error("the key is at /secret/path");
  notarise = async () => {
    throw error;
  };
  const [status, body] = await post();
  expect([status, JSON.stringify(body).includes("secret")]).toEqual([500, false]);
  expect(answered.at(-1)).toEqual({ status: 500, code: "notary-failed", statements: 0, error });
});
