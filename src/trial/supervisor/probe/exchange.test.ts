import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";

import { expect, onTestFinished, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { exchangeBytes, type Sending } from "./exchange.ts";

async function tcpServer(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => serve(socket.on("error", () => {}))).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

function sending(port: number, changes: Partial<Sending> = {}): Sending {
  return {
    host: "127.0.0.1",
    port,
    protocol: "tcp",
    send: Buffer.from("HELP\r\n"),
    greetingMs: 30,
    timeoutMs: 500,
    isEnough: (answer) => answer.length > 0,
    ...changes,
  };
}

function echo(socket: Socket): void {
  socket.on("data", (chunk) => socket.write(`got ${String(chunk)}`));
}

test.each<[string, (socket: Socket) => void, Partial<Sending>, unknown]>([
  [
    "greets",
    (socket) => void socket.write("220 ready\r\n"),
    { greetingMs: 5_000, timeoutMs: 10_000 },
    ["220 ready\r\n", true, undefined],
  ],
  ["answers a word that it does not know", echo, { timeoutMs: 10_000 }, ["got HELP\r\n", false, undefined]],
  ["closes", (socket) => void socket.end(), {}, ["", false, "closed"]],
  ["says nothing", () => {}, { timeoutMs: 100 }, ["", false, "timeout"]],
  [
    "answers otherwise than expected",
    echo,
    { timeoutMs: 200, isEnough: (answer) => answer.includes("PONG") },
    ["got HELP\r\n", false, "timeout"],
  ],
])("a server that %s", async (_, serve, changes, expected) => {
  const { answer, greeted, error } = await exchangeBytes(sending(await tcpServer(serve), changes));
  expect([answer.toString(), greeted, error]).toEqual(expected);
});

test("a port that nobody listens on", async () => {
  expect(await exchangeBytes(sending(1))).toMatchObject({ error: "ECONNREFUSED" });
  expect(await exchangeBytes(sending(1, { protocol: "udp" }))).toMatchObject({ error: "ECONNREFUSED" });
});

test("an endless answer is taken up to its bound", async () => {
  const port = await tcpServer((socket) => {
    // Stops on an error: after the connection's end every write fails at once, and no other event would be
    // handled.
    const more = (error?: Error | null): void => {
      if (!(error instanceof Error)) socket.write(Buffer.alloc(10_000), more);
    };
    more();
  });
  const isEnough = (answer: Buffer): boolean => answer.length >= LIMITS.trialExchangeBytes;
  const { answer } = await exchangeBytes(sending(port, { isEnough }));
  expect(answer.length).toBe(LIMITS.trialExchangeBytes);
});

test("a datagram is answered by another one", async () => {
  const socket = createSocket("udp4");
  socket.on("message", (chunk, { port }) => socket.send(`got ${String(chunk)}`, port, "127.0.0.1"));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  const { answer, greeted } = await exchangeBytes(sending(socket.address().port, { protocol: "udp" }));
  expect([answer.toString(), greeted]).toEqual(["got HELP\r\n", false]);
});
