import { request as httpRequest } from "node:http";
import { isIPv6, type Socket } from "node:net";
import { connect as connectTls, type SecureContext } from "node:tls";
import { type Connect, type Endpoint, plainConnect, tunnelEnd, whenOpen } from "./connect.ts";
import type { Proxy } from "./proxies.ts";
import { ProxyError } from "./proxy-error.ts";
import { socksTunnel } from "./socks5.ts";
import { NoAnswerError } from "./transport.ts";

interface TunnelOptions {
  /** Maximum time of each step, in milliseconds. */
  readonly timeout: number;
  /** Context with all trusted authorities, for a proxy that is reached by TLS. */
  readonly context: () => SecureContext;
}

/** Connections to a proxy. */
export function proxyConnect(proxy: Proxy, { timeout, context }: TunnelOptions): Connect {
  const { host, port } = proxy;
  // Addresses of the proxy are not restricted: the operator named it.
  const toProxy: Connect =
    proxy.kind === "https"
      ? (_, callback) => {
          const names = { host, port, secureContext: context(), ALPNProtocols: ["http/1.1"] };
          whenOpen(connectTls(names), "secureConnect", timeout, callback);
        }
      : (endpoint, callback) =>
          plainConnect({ restriction: undefined }, timeout)({ ...endpoint, host, port }, callback);
  return (endpoint, callback) =>
    toProxy(endpoint, (error, socket) => {
      if (error === null) callback(null, socket);
      else callback(new ProxyError("unreachable", proxy, codeOf(error), { cause: error }));
    });
}

/** Tunnels through a proxy: by CONNECT (RFC 9110, 9.3.6) or SOCKS5. */
export function tunnelConnect(proxy: Proxy, options: TunnelOptions): Connect {
  const toProxy = proxyConnect(proxy, options);
  return (endpoint, callback) =>
    toProxy(endpoint, (error, socket) => {
      if (socket === undefined) callback(error);
      else if (proxy.kind === "socks5") socksTunnel(socket, proxy, endpoint, options.timeout, callback);
      else httpTunnel(socket, proxy, endpoint, options.timeout, callback);
    });
}

function httpTunnel(
  socket: Socket,
  proxy: Proxy,
  { host, port }: Endpoint,
  timeout: number,
  callback: Parameters<Connect>[1],
): void {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const request = httpRequest({
    method: "CONNECT",
    path: target,
    headers: { host: target, ...proxyAuthorization(proxy) },
    setDefaultHeaders: false,
    createConnection: () => socket,
  });
  const timer = setTimeout(() => request.destroy(new NoAnswerError("the proxy does not answer")), timeout);
  const over = tunnelEnd(socket, timer, callback);
  request.once("connect", ({ statusCode = 0, headers }, _, head: Buffer) => {
    over(refusalOf(proxy, statusCode, headers["content-type"] ?? "", head));
  });
  request.on("error", (error) => {
    const problem = error instanceof NoAnswerError ? "unreachable" : "answer";
    over(new ProxyError(problem, proxy, codeOf(error), { cause: error }));
  });
  request.end();
}

/** Error for an answer to CONNECT; null if the tunnel is open. */
function refusalOf(proxy: Proxy, status: number, type: string, head: Buffer): ProxyError | null {
  const isPage = type.toLowerCase().startsWith("text/html") || /^\s*</.test(head.toString("latin1"));
  const seen = `${status}${isPage ? " HTML" : ""}`;
  if (status === 407) return new ProxyError("credentials", proxy, seen);
  if (status >= 500) return new ProxyError("failed", proxy, seen);
  // Nothing but the host may speak in a tunnel, and with TLS it does not speak first.
  if (status >= 200 && status < 300 && head.length === 0) return null;
  return new ProxyError("refused", proxy, seen);
}

/** Header with the credentials of a proxy. */
export function proxyAuthorization({ username, password }: Proxy): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  return { "proxy-authorization": `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}
