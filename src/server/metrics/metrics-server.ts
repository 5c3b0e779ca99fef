import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Listen, listen } from "../http/https-server.ts";
import { errorFields, type Log } from "../log.ts";
import { EXPOSITION_TYPE } from "./exposition.ts";

/** Server of the metrics. */
export interface MetricsServer {
  /** `http://HOST:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Timeout for the head of a request, in milliseconds. */
const HEADERS_MS = 5_000;
const CONNECTIONS = 64;

/**
 * Answers `GET /metrics` over plain HTTP, on a port of its own: Prometheus then needs no certificate of the
 * webhook.
 *
 * @throws UnavailableError server-port
 */
export async function startMetrics(
  text: () => Promise<string>,
  { host, port }: Listen,
  log: Log,
): Promise<MetricsServer> {
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS },
    (request, response) => {
      async function answer(): Promise<void> {
        if (request.method !== "GET" || request.url?.split("?")[0] !== "/metrics") {
          response.writeHead(404).end();
          return;
        }
        try {
          const body = await text();
          response.writeHead(200, { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" }).end(body);
        } catch (error) {
          log("error", "metrics failed", errorFields(error));
          response.writeHead(500).end();
        }
      }
      void answer();
    },
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
