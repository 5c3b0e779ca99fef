import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Digest } from "../../contract/image-facts.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import { formatEnvelope } from "../dsse/envelope.ts";
import { signEnvelope } from "../dsse/sign-envelope.ts";
import { STATEMENT_TYPE } from "../in-toto/statement.ts";
import { statementBytes } from "../in-toto/write-statement.ts";
import { generateKey } from "../keys/generate-key.ts";
import { readPrivateKey } from "../keys/private-key.ts";
import { notaryAddress, requestStatements } from "./notary-client.ts";

const KEY = readPrivateKey(generateKey("ed25519").secret, "k", undefined);
const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl";
const ONE: Digest = `sha256:${"1".repeat(64)}`;
const TWO: Digest = `sha256:${"2".repeat(64)}`;
const REQUEST = {
  repository: "registry.example/app",
  digests: [ONE, TWO],
  statements: [
    { predicateType: "urn:a", predicate: {} },
    { predicateType: "urn:b", predicate: {} },
  ],
};

function statement(digest: Digest, type: string, about = digest, stated = type): object {
  const payload = statementBytes({ name: "app", digest: about }, { type: stated, content: {} });
  const envelope: unknown = JSON.parse(formatEnvelope(signEnvelope(STATEMENT_TYPE, payload, KEY)));
  return { digest, predicateType: type, keyId: KEY.id, envelope };
}
const ALL = [
  statement(ONE, "urn:a"),
  statement(ONE, "urn:b"),
  statement(TWO, "urn:a"),
  statement(TWO, "urn:b"),
];

const seen: IncomingMessage[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  request.resume();
  const next = answers.length > 1 ? answers.shift() : answers[0];
  next?.(response);
});
let http: Http;
let origin = "";
beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = createHttp(hostPolicy([]), { env: {} });
});
afterAll(async () => {
  await http.close();
  server.close();
});

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  void response.writeHead(status).end(JSON.stringify(body));
const ask = (path = "") =>
  requestStatements(http, { address: new URL(origin + path), token: TOKEN }, REQUEST);

test("all statements come in one request, with the token as bearer, below the address's path", async () => {
  seen.length = 0;
  answers = [json(200, { statements: ALL })];
  const signed = await ask("/notary/");
  expect(signed.map(({ digest, predicateType, keyId }) => [digest, predicateType, keyId])).toEqual([
    [ONE, "urn:a", KEY.id],
    [ONE, "urn:b", KEY.id],
    [TWO, "urn:a", KEY.id],
    [TWO, "urn:b", KEY.id],
  ]);
  const [request, ...more] = seen;
  expect([request?.method, request?.url, request?.headers.authorization, more.length]).toEqual([
    "POST",
    "/notary/v1/statements",
    `Bearer ${TOKEN}`,
    0,
  ]);
});

test.each(["", "/", "/notary", "/notary/", "/a/b/"])("an address that ends in %j", async (path) => {
  seen.length = 0;
  answers = [json(200, { statements: ALL })];
  await ask(path);
  const url = `${path.replace(/\/$/, "")}/v1/statements`;
  expect(seen.map((request) => [request.url, request.headers["content-type"]])).toEqual([
    [url, "application/json"],
  ]);
});

test.each([429, 500, 502, 503, 504])("status %d is asked again", async (status) => {
  const message = { fr: "non", en: "no" };
  answers = [json(status, { code: "notary-busy", message }), json(200, { statements: ALL })];
  await expect(ask()).resolves.toHaveLength(4);
});

test("a notary that is busy is asked again", async () => {
  const message = { fr: "non", en: "no" };
  answers = [json(503, { code: "notary-busy", message }), json(200, { statements: ALL })];
  await expect(ask()).resolves.toHaveLength(4);
});

test.each([
  ["one statement too few", ALL.slice(1)],
  ["one too many", [...ALL, ALL[0]]],
  ["another order", [ALL[1], ALL[0], ALL[2], ALL[3]]],
  ["one about another digest", [statement(ONE, "urn:a", TWO), ...ALL.slice(1)]],
  ["one of another type", [statement(ONE, "urn:a", ONE, "urn:c"), ...ALL.slice(1)]],
  ["a key id that is none", [{ ...ALL[0], keyId: "-----BEGIN" }, ...ALL.slice(1)]],
  ["no list", "none"],
])("an answer with %s is refused", async (_, statements) => {
  answers = [json(200, { statements })];
  await expect(ask()).rejects.toMatchObject({ code: "notary-answer", exit: 69 });
});

test.each<[string, (response: ServerResponse) => void, string, string]>([
  [
    "a reason",
    json(403, { code: "fork", message: { fr: "non", en: 'no, "really"\u001b[2J' } }),
    "notary-refused",
    'answers fork: "no, \\"really\\"\\u001b[2J"',
  ],
  ["a page", (response) => response.writeHead(404).end("<html>"), "notary-failed", "answers 404"],
  [
    "the whole token",
    json(401, { code: "token-key", message: { fr: TOKEN, en: `Bearer ${TOKEN}` } }),
    "notary-failed",
    "answers 401",
  ],
  [
    "a part of the token",
    json(401, { code: "token-key", message: { fr: "", en: "claims eyJpc3MiOiJhIn0" } }),
    "notary-failed",
    "answers 401",
  ],
  [
    "a redirect, which is not followed",
    (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
    "notary-failed",
    "answers 307",
  ],
])("a refusal with %s", async (_, answer, code, text) => {
  seen.length = 0;
  answers = [answer];
  const error: unknown = await ask().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code, exit: 69, message: expect.stringContaining(text) });
  for (const part of TOKEN.split(".")) expect(String((error as Error).stack)).not.toContain(part);
  expect(seen).toHaveLength(1);
});

const readAddress = (text: string) => notaryAddress(text, (host) => hostPolicy([]).mayBePlain(host));

test.each(["https://notary.example", "https://notary.example/path/", "http://127.0.0.1:8710"])(
  "an address: %s",
  (text) => {
    expect(readAddress(text).href).toContain(text);
  },
);

test.each([
  "http://notary.example",
  "https://user:word@notary.example",
  "https://notary.example?a=b",
  "https://notary.example#a",
  "ftp://notary.example",
  "notary.example",
])("no address: %s", (text) => {
  expect(() => readAddress(text)).toThrow(expect.objectContaining({ code: "via-address" }) as Error);
});
