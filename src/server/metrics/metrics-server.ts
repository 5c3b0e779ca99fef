import { type PlainServer, startHttp } from "../http/http-server.ts";
import type { Listen } from "../http/https-server.ts";
import { errorFields, type Log } from "../log.ts";
import { EXPOSITION_TYPE } from "./exposition.ts";

/** Milliseconds for a request. */
const REQUEST_MS = 5_000;

/**
 * Answers `GET /metrics` over plain HTTP, on a port of its own: Prometheus then needs no certificate of the
 * webhook.
 *
 * @throws UnavailableError server-port
 */
export async function startMetrics(
  text: () => Promise<string>,
  address: Listen,
  log: Log,
): Promise<PlainServer> {
  return startHttp(
    async (request, response) => {
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
    },
    address,
    REQUEST_MS,
  );
}
