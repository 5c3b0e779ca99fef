import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { SocketFolder } from "./dependency-sockets.ts";
import { openSockets } from "./serve-dependency.ts";

test("a dependency's port takes LIMITS.trialConnections connections, and joins each to the dependency", async () => {
  const database = createServer((socket) => socket.on("error", () => {}).write("ready"));
  database.listen({ port: 0, host: "127.0.0.1", backlog: 2_000 });
  await once(database, "listening");
  const { port } = database.address() as AddressInfo;
  const folder = new SocketFolder({ directory: temporaryDirectory(), prefix: "d" });
  const servers = await openSockets(folder, [port], "127.0.0.1");

  const opened: Socket[] = [];
  for (let at = 0; at <= LIMITS.trialConnections; at++) {
    const socket = folder.connect(port).on("error", () => {});
    opened.push(socket);
    const [said] = (await Promise.race([once(socket, "data"), once(socket, "end")])) as [unknown];
    // Connections beyond the bound get nothing.
    expect(said?.toString()).toBe(at < LIMITS.trialConnections ? "ready" : undefined);
  }

  for (const socket of opened) socket.destroy();
  for (const server of [...servers, database]) server.close();
});
