import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp, type Http } from "../../net/http/http.ts";
import { tokenFrom, tokenSource } from "./job-token.ts";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl";
const SECRET = "request-secret-0123456789";
const github = (address: string) => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: address,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: SECRET,
});

let listener: RequestListener;
const server = createServer((request, response) => listener(request, response));
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

test.each<[string, Record<string, string>, string | undefined]>([
  ["the usual variable", { DOUANE_ID_TOKEN: TOKEN }, undefined],
  ["with a line's end", { DOUANE_ID_TOKEN: `${TOKEN}\n` }, undefined],
  ["a variable that is named", { OTHER: TOKEN, DOUANE_ID_TOKEN: "x" }, "OTHER"],
  ["a variable before GitHub's service", { DOUANE_ID_TOKEN: TOKEN, ...github("https://a") }, undefined],
])("a token from %s", async (_, env, variable) => {
  listener = () => {
    throw new Error("was asked");
  };
  expect(await tokenFrom(http, tokenSource(env, variable), "a")).toBe(TOKEN);
});

test("GitHub's service is asked for the audience, whatever its address holds", async () => {
  listener = ({ url, headers }, response) => {
    const isRight =
      url === "/token?version=2&audience=https%3A%2F%2Fnotary.example" &&
      headers.authorization === `Bearer ${SECRET}`;
    response.end(JSON.stringify({ value: isRight ? TOKEN : "" }));
  };
  const source = tokenSource(github(`${origin}/token?version=2&audience=other`), undefined);
  expect(await tokenFrom(http, source, "https://notary.example")).toBe(TOKEN);
});

test.each<[string, Record<string, string>, string | undefined, string]>([
  ["nothing", {}, undefined, "token-missing"],
  ["a named variable that is empty, also on GitHub", github("https://a"), "OTHER", "token-missing"],
  ["GitHub without the permission", { GITHUB_ACTIONS: "true" }, undefined, "token-missing"],
  ["an opaque token", { DOUANE_ID_TOKEN: "glpat-0123456789abcdefghij" }, undefined, "token-form"],
  ["a variable that GitLab did not expand", { DOUANE_ID_TOKEN: "$TOKEN" }, undefined, "token-form"],
  ["a service over HTTP on another machine", github("http://192.0.2.1/token"), undefined, "token-service"],
  ["a service whose address is none", github("token"), undefined, "token-service"],
])("no token from %s", (_, env, variable, code) => {
  const read = () => tokenSource(env, variable);
  expect(read).toThrow(expect.objectContaining({ code, exit: 64 }) as Error);
  expect(read).not.toThrow(/glpat|request-secret/);
});

test.each<[string, RequestListener]>([
  ["refuses", (_, response) => response.writeHead(403).end(JSON.stringify({ value: TOKEN }))],
  ["answers something else", (_, response) => response.end(JSON.stringify({ token: TOKEN }))],
  ["answers no JSON", (_, response) => response.end(TOKEN)],
  ["redirects", (_, response) => response.writeHead(302, { location: "/other" }).end()],
])("a service that %s gives no token", async (_, answer) => {
  listener = answer;
  const failed = tokenFrom(http, tokenSource(github(`${origin}/token`), undefined), "a");
  await expect(failed).rejects.toMatchObject({ code: "token-service", exit: 69 });
  await expect(failed).rejects.not.toThrow(/eyJ|request-secret/);
});
