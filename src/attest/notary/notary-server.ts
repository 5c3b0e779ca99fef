import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";

/** Bounds of the notary's server, which any client can exhaust without a token. */
const BOUNDS = {
  /** Maximum number of concurrent requests; each may hold a body of `attestationBytes`. */
  requests: 8,
  connections: 256,
  /** Milliseconds for a whole request to arrive, and for its headers. */
  requestMs: 60_000,
  headersMs: 10_000,
  /** Bytes of all headers: the longest accepted token, and room to recognise a longer token. */
  headerBytes: 64 * 1024,
};

type Api = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Server that listens on 127.0.0.1 only; a proxy in front of it terminates TLS. */
export interface NotaryServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves the notary's API on 127.0.0.1.
 *
 * @param port 0 for any free one
 * @throws UnavailableError notary-port
 */
export async function serveNotary(api: Api, port: number, bounds = BOUNDS): Promise<NotaryServer> {
  let running = 0;
  const options = {
    requestTimeout: bounds.requestMs,
    headersTimeout: bounds.headersMs,
    maxHeaderSize: bounds.headerBytes,
  };
  const server = createServer(options, (request, response) => {
    if (running >= bounds.requests) return busy(response);
    running += 1;
    void api(request, response)
      .catch(() => response.destroy())
      .finally(() => (running -= 1));
  });
  server.maxConnections = bounds.connections;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuseUnread(error, socket as Socket));
  await listen(server, port);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  try {
    await promise;
  } catch (cause) {
    const why = quoted(cause instanceof Error ? cause.message : String(cause));
    throw new UnavailableError(
      "notary-port",
      {
        fr: `le port ${port} de 127.0.0.1 ne peut pas être ouvert (${why}). En choisir un autre : --port PORT`,
        en: `the port ${port} of 127.0.0.1 cannot be opened (${why}). Choose another: --port PORT`,
      },
      { cause },
    );
  }
}

function busy(response: ServerResponse): void {
  const headers = { "content-type": "application/json", "retry-after": "1" };
  response.writeHead(503, headers).end(JSON.stringify({ code: "notary-busy", message: BUSY }));
}

/** Answers a request that is not HTTP, has too long headers or did not arrive in time. */
function refuseUnread({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const [status, name] = UNREAD[code ?? ""] ?? ["400 Bad Request", "request-unreadable"];
  const body = JSON.stringify({ code: name, message: UNREADABLE });
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

const UNREAD: Readonly<Record<string, readonly [status: string, code: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "headers-too-long"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "request-too-slow"],
};

const BUSY = {
  fr: "le notaire traite déjà autant de demandes qu'il peut. Recommencer dans quelques secondes.",
  en: "the notary is working on as many requests as it can. Try again in a few seconds.",
};
const UNREADABLE = {
  fr: `la demande n'est pas du HTTP lisible, ses en-têtes dépassent ${BOUNDS.headerBytes} octets, ou elle n'est pas arrivée en ${BOUNDS.requestMs / 1_000} s.`,
  en: `the request is not readable HTTP, its headers exceed ${BOUNDS.headerBytes} bytes, or it did not arrive within ${BOUNDS.requestMs / 1_000} s.`,
};
