import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Listen, listen } from "./https-server.ts";

/** A server of `/livez` and `/readyz` alone, by HTTP: for roles that no API server asks. */
export interface HealthServer {
  /** `http://HOST:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Milliseconds for a request. */
const REQUEST_MS = 10_000;
const CONNECTIONS = 64;

/**
 * @param unready reasons for which the process is not ready; empty if there are none
 * @throws UnavailableError server-port
 */
export async function serveHealth(
  { host, port }: Listen,
  unready: () => Promise<readonly string[]>,
): Promise<HealthServer> {
  async function answer(path: string | undefined): Promise<readonly [number, string]> {
    if (path === "/livez") return [200, "ok\n"];
    if (path !== "/readyz") return [404, "the addresses of this server: /livez, /readyz\n"];
    const reasons = await unready();
    return reasons.length === 0 ? [200, "ok\n"] : [503, `${reasons.join("\n")}\n`];
  }
  async function send(path: string | undefined, response: ServerResponse): Promise<void> {
    const [status, text] = await answer(path);
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end(text);
  }
  const server = createServer(
    { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS },
    (request, response) => void send(request.url, response).catch(() => response.destroy()),
  );
  server.maxConnections = CONNECTIONS;
  await listen(server, host, port);
  const { address, port: opened, family } = server.address() as AddressInfo;
  return {
    origin: `http://${family === "IPv6" ? `[${address}]` : address}:${opened}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
