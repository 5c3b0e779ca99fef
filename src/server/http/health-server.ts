import type { ServerResponse } from "node:http";
import { type PlainServer, startHttp } from "./http-server.ts";
import type { Listen } from "./https-server.ts";

/** Milliseconds for a request. */
const REQUEST_MS = 10_000;

/**
 * Answers only `/livez` and `/readyz`, for roles to which no API server sends requests.
 *
 * @param unready reasons for which the process is not ready; empty if there are none
 * @throws UnavailableError server-port
 */
export async function serveHealth(
  address: Listen,
  unready: () => Promise<readonly string[]>,
): Promise<PlainServer> {
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
  return startHttp((request, response) => send(request.url, response), address, REQUEST_MS);
}
