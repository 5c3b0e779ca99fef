import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeIssuer } from "../../../test/fixtures/fake-issuer.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import { fetchKeysBy } from "./fetch-jwks.ts";
import { keysOf } from "./jwks.ts";
import { keysAddress } from "./trusted-issuer.ts";

const issuer = new FakeIssuer("rsa-1", "ec-1");
const asked: string[] = [];
let listener: RequestListener;
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  listener(request, response);
});
let http: Http;
let origin = "";

beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
  http = createHttp(hostPolicy([host]), { env: {} });
});
afterAll(async () => {
  await http.close();
  server.close();
});

test.each([
  ["gitlab", "/oauth/discovery/keys"],
  ["github", "/.well-known/jwks"],
] as const)("keys of %s are at %s", async (kind, path) => {
  asked.length = 0;
  listener = (_, response) => response.end(issuer.keySet());
  const bytes = await fetchKeysBy(http)({ kind, url: `${origin}/`, audience: "notary" });
  expect([keysOf(bytes).map(({ id }) => id), asked]).toEqual([["rsa-1", "ec-1"], [path]]);
});

test.each<[string, RequestListener]>([
  ["another status", (_, response) => response.writeHead(404).end("{}")],
  [
    "a redirect, which is not followed",
    (_, response) => response.writeHead(302, { location: "/keys" }).end(),
  ],
  ["a document without an end", (_, response) => response.end(Buffer.alloc(65 * 1024 ** 2))],
])("no keys: %s", async (_, answer) => {
  asked.length = 0;
  listener = answer;
  const fetched = fetchKeysBy(http)({ kind: "gitlab", url: origin, audience: "notary" });
  await expect(fetched).rejects.toMatchObject({ code: "issuer-keys" });
  expect(asked).toHaveLength(1);
});

test("a server that hangs up is an unavailable issuer", async () => {
  listener = (request) => request.socket.destroy();
  const fetched = fetchKeysBy(http)({ kind: "gitlab", url: origin, audience: "notary" });
  await expect(fetched).rejects.toMatchObject({ exit: 69 });
});

test("an issuer's address may have a path, as GitHub Enterprise Server's has", () => {
  const url = "https://github.example.org/_services/token";
  expect(keysAddress({ kind: "github", url, audience: "notary" }).href).toBe(
    "https://github.example.org/_services/token/.well-known/jwks",
  );
});
