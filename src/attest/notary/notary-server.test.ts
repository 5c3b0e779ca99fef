import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type NotaryServer, serveNotary } from "./notary-server.ts";

const SMALL = {
  requests: 1,
  connections: 8,
  requestMs: 60_000,
  headersMs: 60_000,
  headerBytes: 64 * 1024,
};
let server: NotaryServer | undefined;
afterEach(() => server?.close());

async function code(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { readonly code: string }).code;
}

test("requests beyond the bound are told to come again, and those after them are answered", async () => {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  server = await serveNotary(
    async (_, response) => {
      begun.resolve();
      await go.promise;
      response.end("{}");
    },
    0,
    SMALL,
  );
  const first = fetch(server.origin);
  await begun.promise;
  const second = await fetch(server.origin);
  expect([second.status, second.headers.get("retry-after"), await code(second)]).toEqual([
    503,
    "1",
    "notary-busy",
  ]);
  go.resolve();
  expect((await first).status).toBe(200);
  expect((await fetch(server.origin)).status).toBe(200);
});

test("a request that fails frees its place", async () => {
  let isBroken = true;
  server = await serveNotary(
    async (_, response) => {
      if (isBroken) throw new Error("broken");
      response.end("{}");
    },
    0,
    SMALL,
  );
  await expect(fetch(server.origin)).rejects.toThrow("fetch failed");
  isBroken = false;
  expect((await fetch(server.origin)).status).toBe(200);
});

/** What the server answers to raw bytes, until it closes the connection. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server?.origin ?? "").port), "127.0.0.1");
  let answered = "";
  socket.on("data", (data) => (answered += data));
  socket.write(bytes);
  await once(socket, "close");
  return answered;
}

test.each([
  ["no HTTP", "hello\r\n\r\n", "400", "request-unreadable"],
  [
    "headers beyond the bound",
    `GET / HTTP/1.1\r\nA: ${"x".repeat(70_000)}\r\n\r\n`,
    "431",
    "headers-too-long",
  ],
])("%s is refused with a reason", async (_, bytes, status, reason) => {
  server = await serveNotary(async (__, response) => void response.end("{}"), 0, SMALL);
  const answered = await raw(bytes);
  expect(answered).toContain(`HTTP/1.1 ${status} `);
  expect(answered).toContain(`"code":"${reason}"`);
});

test("a port that is taken is named", async () => {
  server = await serveNotary(async () => {}, 0, SMALL);
  const port = Number(new URL(server.origin).port);
  await expect(serveNotary(async () => {}, port)).rejects.toMatchObject({
    code: "notary-port",
    exit: 69,
    message: expect.stringContaining(`port ${port} of 127.0.0.1`),
  });
});

test("no other address of this machine is listened at: TLS is the proxy's before it", async () => {
  server = await serveNotary(async (__, response) => void response.end("{}"), 0, SMALL);
  const { port } = new URL(server.origin);
  const status = async (host: string) =>
    fetch(`http://${host}:${port}`).then(
      (answer) => answer.status,
      () => "refused",
    );
  expect([await status("127.0.0.1"), await status("127.0.0.2"), await status("[::1]")]).toEqual([
    200,
    "refused",
    "refused",
  ]);
});

test("a request that does not arrive in time is refused with a reason", async () => {
  server = await serveNotary(async (__, response) => void response.end("{}"), 0, {
    ...SMALL,
    headersMs: 1,
    requestMs: 1,
  });
  const answered = await raw("GET / HTTP/1.1\r\n");
  expect(answered).toContain("HTTP/1.1 408 Request Timeout\r\n");
  expect(answered).toContain('"code":"request-too-slow"');
});
