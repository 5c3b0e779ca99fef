import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { getHttp } from "./http.ts";

async function serve(handle: RequestListener): Promise<number> {
  const server = createServer(handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const AT = { path: "/healthz", scheme: "http", headers: {}, host: "loopback" } as const;

test("an application that answers its own host name alone gets the declared Host", async () => {
  const port = await serve(({ headers: { host } }, response) => {
    response.writeHead(host === "app.example" ? 200 : 400).end();
  });
  expect(await getHttp({ ...AT, port, headers: { Host: ["app.example"] } }, 1_000)).toMatchObject({
    status: 200,
  });
  expect(await getHttp({ ...AT, port }, 1_000)).toMatchObject({ status: 400 });
});

test("headers arrive as the kubelet sends them", async () => {
  const got: unknown[] = [];
  const port = await serve(({ rawHeaders }, response) => {
    got.push(rawHeaders);
    response.end();
  });
  await getHttp({ ...AT, port, headers: { "User-Agent": [""], "X-A": ["1", "2"] } }, 1_000);
  await getHttp({ ...AT, port }, 1_000, "kube-lifecycle");
  const own = ["Host", `127.0.0.1:${port}`];
  expect(got).toEqual([
    [...own, "X-A", "1", "X-A", "2", "Accept", "*/*", "Connection", "close"],
    [...own, "User-Agent", "kube-lifecycle/1.34", "Accept", "*/*", "Connection", "close"],
  ]);
});

test("a header that no request may contain is an error, as for the kubelet", async () => {
  const port = await serve((_, response) => response.end());
  const { status, error } = await getHttp({ ...AT, port, headers: { "X-A": ["a\r\nb"] } }, 1_000);
  expect([status, error]).toEqual([undefined, "ERR_INVALID_CHAR"]);
});
