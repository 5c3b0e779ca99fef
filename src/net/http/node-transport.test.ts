import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { type Answer, startServer } from "../../../test/fixtures/fake-registry.ts";
import { hostPolicy } from "./hosts.ts";
import { createHttp, type HttpRequest, type HttpResponse } from "./http.ts";

const IDLE_MS = 300;

/** A client without proxies, and a host that answers so. */
async function client(answer: Answer, networkIdleMs = DEADLINE_MS) {
  const { host, requests } = await startServer(answer);
  const http = createHttp(hostPolicy([]), { env: {}, networkIdleMs });
  onTestFinished(() => http.close());
  const send = (more: Partial<HttpRequest> = {}, path = "/") =>
    http.send({ method: "GET", url: new URL(path, `http://${host}`), headers: {}, ...more });
  return { host, requests, http, send };
}

async function textOf({ body }: HttpResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test("requests one after the other use one connection", async () => {
  const ports = new Set<number | undefined>();
  const { send } = await client((request, response) => {
    ports.add(request.socket.remotePort);
    response.end("a");
  });
  for (let count = 0; count < 3; count++) expect(await textOf(await send())).toBe("a");
  await (await send()).discard();
  await (await send()).discard();
  expect(ports.size).toBe(1);
});

test("a user and a password in the address are not sent", async () => {
  const { host, requests, http } = await client((_, response) => void response.end());
  const url = new URL(`http://me:secret@${host}/a?b=c`);
  await (await http.send({ method: "GET", url, headers: {} })).discard();
  expect(requests[0]?.headers.authorization).toBeUndefined();
  expect(requests[0]?.url).toBe("/a?b=c");
});

test("a host that does not begin to answer, or does not go on, is given up", async () => {
  const { send } = await client(({ url }, response) => {
    if (url === "/begun") response.write("a");
  }, IDLE_MS);
  await expect(send()).rejects.toMatchObject({ code: "ETIMEDOUT" });
  await expect(textOf(await send({}, "/begun"))).rejects.toMatchObject({ code: "ETIMEDOUT" });
});

test("the reader's own time does not count", async () => {
  const { send } = await client((_, response) => {
    response.write("a".repeat(200_000));
    response.end("b");
  }, IDLE_MS);
  const { body } = await send();
  let size = 0;
  for await (const piece of body) {
    if (size === 0) await sleep(2 * IDLE_MS);
    size += piece.length;
  }
  expect(size).toBe(200_001);
});

test("an abort ends the request with its reason: before a connection, before the answer, and in the body", async () => {
  const { send, http } = await client(({ url }, response) => {
    if (url === "/begun") response.write("a");
  });
  const aborted = async (request: (signal: AbortSignal) => Promise<unknown>) => {
    const stop = new AbortController();
    const result = request(stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await expect(result).rejects.toThrow("enough");
  };
  await aborted((signal) => send({ signal }));
  await aborted(async (signal) => textOf(await send({ signal }, "/begun")));
  // A host that takes the connection and says nothing of TLS.
  const silent = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await once(silent, "listening");
  const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
  silent.on("connection", (socket) => onTestFinished(() => void socket.destroy()));
  await aborted((signal) => http.send({ method: "GET", url, headers: {}, signal }));
  await expect(send({ signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
});

test("connecting takes no longer than the idle time", async () => {
  const { http } = await client(() => {}, IDLE_MS);
  const silent = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  silent.on("connection", (socket) => onTestFinished(() => void socket.destroy()));
  await once(silent, "listening");
  const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
  await expect(http.send({ method: "GET", url, headers: {} })).rejects.toMatchObject({ code: "ETIMEDOUT" });
});

test("a body that fails fails the request with its own error", async () => {
  const { send } = await client((request) => void request.resume());
  async function* body() {
    yield Buffer.from("x");
    throw new Error("another content");
  }
  const request = { method: "PUT", headers: { "content-length": "10" }, body: body() } as const;
  await expect(send(request)).rejects.toThrow("another content");
});

test("a body that flows keeps the request alive; one that is answered early is ended", async () => {
  const { send } = await client(({ url, ...request }, response) => {
    if (url === "/early") response.writeHead(401).end("no");
    else response.req.resume().once("end", () => response.end(String(request.method)));
  }, 5 * IDLE_MS);
  let isOver = false;
  async function* body(pieces: number, ms: number) {
    try {
      for (let count = 0; count < pieces; count++) {
        yield Buffer.alloc(100);
        await sleep(ms);
      }
    } finally {
      isOver = true;
    }
  }
  expect((await send({ method: "PUT", body: body(6, IDLE_MS) })).status).toBe(200);
  isOver = false;
  const early = await send({ method: "PUT", body: body(1e6, 1) }, "/early");
  expect(early.status).toBe(401);
  await early.discard();
  await expect.poll(() => isOver, { timeout: DEADLINE_MS }).toBe(true);
});

test.each([
  ["a long body", "x".repeat(1_000_000)],
  ["a body without an end", undefined],
])("discarding %s ends its connection", async (_, rest) => {
  const { send, requests } = await client((__, response) => {
    response.writeHead(200);
    response.write("a");
    if (rest !== undefined) response.end(rest);
  }, IDLE_MS);
  const answer = await send();
  await answer.discard();
  await expect.poll(() => requests[0]?.socket.destroyed, { timeout: DEADLINE_MS }).toBe(true);
});

test("an error that nobody reads is no failure of the process", async () => {
  const { send } = await client((_, response) => {
    response.writeHead(200, { "transfer-encoding": "chunked" }).write("a");
    setTimeout(() => response.destroy(), 10);
  });
  const answer = await send();
  await sleep(50);
  await expect(textOf(answer)).rejects.toMatchObject({ code: "ECONNRESET" });
});
