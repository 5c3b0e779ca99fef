import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { ServerCertificate } from "./certificate.ts";

/** Bounds of the server's connections. */
const BOUNDS = {
  /**
   * API servers reuse their connections; this timeout is longer than theirs, so that no connection is closed
   * while a request is sent.
   */
  keepAliveMs: 120_000,
  headersMs: 30_000,
  requestMs: 60_000,
  connections: 4_096,
};

/** Address on which to listen. */
export interface Listen {
  /** Address; absent to listen on all addresses. */
  readonly host?: string;
  readonly port: number;
}

/** Server that is listening. */
export interface RunningServer {
  /** `https://HOST:PORT` */
  readonly origin: string;
  /** Certificate for new connections. */
  use(certificate: ServerCertificate): void;
  /**
   * Stops accepting connections. Resolves when the current requests are answered, or after this many
   * milliseconds.
   */
  close(mostMs: number): Promise<void>;
}

/** @throws UnavailableError server-port */
export async function startHttps(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { cert, key }: ServerCertificate,
  { host, port }: Listen,
): Promise<RunningServer> {
  const { keepAliveMs, headersMs, requestMs, connections } = BOUNDS;
  const server = createServer(
    {
      cert,
      key,
      minVersion: "TLSv1.2",
      keepAliveTimeout: keepAliveMs,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
    },
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.maxConnections = connections;
  await listen(server, host, port);
  return {
    origin: originOf("https", server),
    use: (certificate) => server.setSecureContext({ cert: certificate.cert, key: certificate.key }),
    async close(mostMs) {
      const closed = once(server, "close");
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), mostMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** @throws UnavailableError server-port */
export async function listen(server: NetServer, host: string | undefined, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const why = quoted(cause instanceof Error ? cause.message : String(cause));
    throw new UnavailableError(
      "server-port",
      {
        fr: `le port ${port} ne peut pas être ouvert (${why}). En choisir un autre : --listen HÔTE:PORT`,
        en: `the port ${port} cannot be opened (${why}). Choose another: --listen HOST:PORT`,
      },
      { cause },
    );
  }
}

/** Origin of a server that is listening: `https://127.0.0.1:8443`. */
export function originOf(scheme: "http" | "https", server: NetServer): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `${scheme}://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
