// A registry in its own process, so that it shares cores with the measured program no more than a real one.
// Writes its port; ends when its input closes.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { contents } from "./images.ts";

const HELD = contents();

const server = createServer((request, response) => {
  const found = HELD.get((request.url ?? "").replace(/^\/v2\//, ""));
  if (found === undefined) return response.writeHead(404).end();
  return response.writeHead(200, { "content-type": found.mediaType }).end(found.bytes);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
process.stdin.resume().on("end", () => process.exit());
