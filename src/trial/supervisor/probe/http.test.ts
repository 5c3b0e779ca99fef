import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { getHttp, HOOK, PROBE } from "./http.ts";

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

test("a request that is no probe has a browser's name: access logs leave the kubelet's out", async () => {
  const agents: unknown[] = [];
  const port = await serve(({ headers }, response) => {
    agents.push(headers["user-agent"]);
    response.end();
  });
  await getHttp({ ...AT, port }, 1_000);
  await getHttp({ ...AT, port }, 1_000, PROBE);
  expect(agents).toEqual(["Mozilla/5.0", "kube-probe/1.34"]);
});

test("headers arrive as the kubelet sends them", async () => {
  const got: unknown[] = [];
  const port = await serve(({ rawHeaders }, response) => {
    got.push(rawHeaders);
    response.end();
  });
  await getHttp({ ...AT, port, headers: { "User-Agent": [""], "X-A": ["1", "2"] } }, 1_000);
  await getHttp({ ...AT, port }, 1_000, HOOK);
  const own = ["Host", `127.0.0.1:${port}`];
  expect(got).toEqual([
    [...own, "X-A", "1", "X-A", "2", "Accept", "*/*", "Connection", "close"],
    [...own, "User-Agent", "kube-lifecycle/1.34", "Accept", "*/*", "Connection", "close"],
  ]);
});

test.each([
  ["chunked", 200],
  ["Chunked", 200],
  ["gzip, chunked", undefined],
])(
  "an answer in the transfer encoding %s gets the status %s, as from the kubelet",
  async (encoding, status) => {
    const port = await serve(({ socket }) => {
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${encoding}\r\n\r\n2\r\nok\r\n0\r\n\r\n`);
    });
    const answer = await getHttp({ ...AT, port }, 1_000, PROBE);
    expect(answer.status).toBe(status);
    expect(answer.error).toBe(status === undefined ? "unsupported transfer encoding" : undefined);
  },
);

test("a header that no request may contain is an error, as for the kubelet", async () => {
  const port = await serve((_, response) => response.end());
  const { status, error } = await getHttp({ ...AT, port, headers: { "X-A": ["a\r\nb"] } }, 1_000);
  expect([status, error]).toEqual([undefined, "ERR_INVALID_CHAR"]);
});

/** Serves redirections by path; other paths answer their number. */
async function redirecting(locations: Readonly<Record<string, string>>): Promise<{
  readonly port: number;
  readonly hosts: (string | undefined)[];
}> {
  const hosts: (string | undefined)[] = [];
  const port = await serve(({ url = "", headers: { host } }, response) => {
    hosts.push(host);
    const location = locations[url]?.replace("PORT", String(port));
    const status = location === undefined ? Number(url.slice(1)) : 302;
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  return { port, hosts };
}

test.each<[string, Readonly<Record<string, string>>, object]>([
  ["to a good answer", { "/healthz": "/200" }, { redirected: { to: "/200", status: 200 } }],
  ["to a server error", { "/healthz": "/500" }, { redirected: { to: "/500", status: 500 } }],
  ["over two", { "/healthz": "/b", "/b": "/404" }, { redirected: { to: "/404", status: 404 } }],
  [
    "to the same host by its whole URL",
    { "/healthz": "http://127.0.0.1:PORT/500" },
    { redirected: { to: "/500", status: 500 } },
  ],
  [
    "to a port where nobody listens",
    { "/healthz": "http://127.0.0.1:1/x" },
    { redirected: { to: "http://127.0.0.1:1/x", error: "ECONNREFUSED" } },
  ],
  ["to another host: the end", { "/healthz": "http://app.example:PORT/500" }, { redirected: undefined }],
  [
    "to another host at last",
    { "/healthz": "/b", "/b": "//app.example/500" },
    { redirected: { to: "/b", status: 302 } },
  ],
  ["in a loop", { "/healthz": "/healthz" }, { redirected: { error: "stopped after 10 redirects" } }],
  ["by another protocol", { "/healthz": "ftp://127.0.0.1/" }, { redirected: { error: /scheme/ } }],
  ["to nowhere", { "/healthz": "http://[" }, { redirected: { error: /Location/ } }],
  ["without a Location", { "/healthz": "" }, { redirected: undefined }],
])("a probe follows redirections: %s", async (_, locations, expected) => {
  const { port } = await redirecting(locations);
  const answer = await getHttp({ ...AT, port }, 2_000, PROBE);
  expect({ redirected: undefined, ...answer }).toMatchObject({ status: 302, ...matching(expected) });
});

function matching(expected: object): object {
  const { redirected } = expected as { readonly redirected?: { readonly error?: unknown } };
  if (!(redirected?.error instanceof RegExp)) return expected;
  return { redirected: { error: expect.stringMatching(redirected.error) as unknown } };
}

test("ten requests are the most", async () => {
  const { port, hosts } = await redirecting({ "/healthz": "/healthz" });
  await getHttp({ ...AT, port }, 2_000, PROBE);
  expect(hosts).toHaveLength(10);
});

test("the trial's own requests follow none", async () => {
  const { port, hosts } = await redirecting({ "/healthz": "/500" });
  expect(await getHttp({ ...AT, port }, 1_000)).not.toHaveProperty("redirected");
  expect(hosts).toHaveLength(1);
});

test.each([
  ["relative", "/200", "app.example"],
  ["absolute", "http://127.0.0.1:PORT/200", "127.0.0.1:PORT"],
])("a declared Host after a redirection whose Location is %s", async (_, location, expected) => {
  const { port, hosts } = await redirecting({ "/healthz": location });
  await getHttp({ ...AT, port, headers: { Host: ["app.example"] } }, 1_000, PROBE);
  expect(hosts).toEqual(["app.example", expected.replace("PORT", String(port))]);
});
