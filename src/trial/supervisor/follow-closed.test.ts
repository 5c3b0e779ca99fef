import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { findTools } from "../runc/tools.ts";
import { followClosed } from "./closed-sockets.ts";

const tools = findTools(process.env["PATH"]);
const [ss, stdbuf] = [tools.get("ss"), tools.get("stdbuf")];

test("a connection that is closed at once is told", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const told = Promise.withResolvers<void>();
  const following = followClosed({ ss: ss ?? "", stdbuf: stdbuf ?? "" }, (remote) => {
    if (remote.address === "127.0.0.1" && remote.port === port) told.resolve();
  });
  onTestFinished(() => following?.stop());
  // ss may take its time to listen.
  const calling = setInterval(() => connect(port, "127.0.0.1").on("error", () => {}), 50);
  onTestFinished(() => clearInterval(calling));
  await expect(told.promise).resolves.toBeUndefined();
});
