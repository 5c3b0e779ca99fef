import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { sendFrom } from "./peer.ts";

const [HOST, NEIGHBOUR] = ["127.0.0.1", "127.0.0.2"];

async function serve(handle: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    handle(socket);
  }).listen(0, HOST);
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test.each<[string, string, (socket: Socket) => void]>([
  ["closes at once", "dismissed", (socket) => void socket.destroy()],
  ["says that it refuses, and closes", "answered", (socket) => void socket.end("-DENIED\r\n")],
  ["closes at the first bytes", "closed", (socket) => void socket.once("data", () => socket.destroy())],
  ["waits for others", "silent", () => {}],
  ["greets", "answered", (socket) => void socket.write("220 ready\r\n")],
  ["answers", "answered", (socket) => void socket.on("data", () => socket.write("-ERR\r\n"))],
  ["answers and closes", "answered", (socket) => void socket.on("data", () => socket.end("-ERR\r\n"))],
])("a server that %s: %s", async (_, outcome, handle) => {
  const port = await serve(handle);
  expect(await sendFrom({ host: HOST, port, from: HOST, send: Buffer.from("HELP\r\n") })).toBe(outcome);
});

test("the server sees the address from which bytes are sent", async () => {
  const port = await serve((socket) => {
    if (socket.remoteAddress === NEIGHBOUR) socket.destroy();
    else socket.write("220 ready\r\n");
  });
  const sent = { host: HOST, port, send: Buffer.from("HELP\r\n") };
  expect(await sendFrom({ ...sent, from: NEIGHBOUR })).toBe("dismissed");
  expect(await sendFrom({ ...sent, from: HOST })).toBe("answered");
});

test("a port that nothing listens on", async () => {
  const server = createServer().listen(0, HOST);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  expect(await sendFrom({ host: HOST, port, from: HOST, send: Buffer.from("x") })).toBe("dismissed");
});
