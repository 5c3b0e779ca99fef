import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listen, listen, originOf } from "./https-server.ts";

/** Server over plain HTTP, for the kubelet's probes and for Prometheus. */
export interface PlainServer {
  /** `http://HOST:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

const CONNECTIONS = 64;

/**
 * @param timeoutMs milliseconds for a request
 * @throws UnavailableError server-port
 */
export async function startHttp(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { host, port }: Listen,
  timeoutMs: number,
): Promise<PlainServer> {
  const server = createServer(
    { headersTimeout: timeoutMs, requestTimeout: timeoutMs },
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.maxConnections = CONNECTIONS;
  await listen(server, host, port);
  return {
    origin: originOf("http", server),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
