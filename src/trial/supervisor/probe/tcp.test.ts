import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { tryConnection } from "./tcp.ts";

test.each(["reset", "end"] as const)("a connection is taken, and closed by %s", async (closes) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer((socket) => {
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
    socket.on("end", () => resolve("end")).resume();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  expect(await tryConnection("127.0.0.1", port, closes)).toBe("open");
  expect(await promise).toBe(closes === "end" ? "end" : "ECONNRESET");
});

test("where nobody listens it is refused", async () => {
  expect(await tryConnection("127.0.0.1", 1)).toBe("refused");
});
