import { connect as connectPlain, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type SecureContext } from "node:tls";
import { pairOf, type Trust } from "./certificate-authorities.ts";
import type { ConnectionCertificates } from "./connection-certificates.ts";
import { NoAnswerError } from "./transport.ts";

/** Host that a connection is opened to. */
export interface Endpoint {
  /** Name or IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

/** Opens a connection, which is usable when the callback is called. */
export type Connect = (endpoint: Endpoint, callback: (error: Error | null, socket?: Socket) => void) => void;

interface Tls {
  readonly rejectUnauthorized?: false;
  readonly cert?: string;
  readonly key?: string;
  readonly secureContext?: SecureContext;
}

/** Connections without TLS. @param timeout maximum time of connecting, in milliseconds */
export function plainConnect(trust: Pick<Trust, "restriction">, timeout: number): Connect {
  return (endpoint, callback) => {
    const { host, port } = endpoint;
    const socket = connectPlain({ host, port, ...lookupOf(trust, endpoint) });
    whenOpen(socket, "connect", timeout, callback);
  };
}

export interface SecureOptions {
  /** Maximum time of connecting, in milliseconds. */
  readonly timeout: number;
  /** Certificates of the registry. */
  readonly certificates?: ConnectionCertificates | undefined;
  /** Opens the tunnel in which TLS is spoken; without it, connections are direct. */
  readonly tunnel?: Connect | undefined;
}

/** Connections whose certificate is not verified. */
export function unverifiedConnect(trust: Trust, options: SecureOptions): Connect {
  const tls: Tls = { rejectUnauthorized: false, ...pairOf(options.certificates) };
  return (endpoint, callback) => openTls(trust, endpoint, tls, options, callback);
}

/**
 * Connections that trust Node's own authorities first, and all authorities after a certificate was not
 * verified. The second step would also accept everything that the first accepts. With a registry's certificates,
 * there is one step.
 */
export function verifiedConnect(trust: Trust, options: SecureOptions): Connect {
  const { certificates } = options;
  const contextOfAll = trust.authorities();
  let byAll = certificates === undefined ? undefined : contextOfAll(certificates);
  return (endpoint, callback) => {
    const again = () => {
      byAll ??= contextOfAll();
      openTls(trust, endpoint, { secureContext: byAll }, options, callback);
    };
    if (byAll !== undefined) {
      again();
      return;
    }
    openTls(trust, endpoint, {}, options, (error, socket) => {
      if (error !== null && isUntrusted(error)) again();
      else callback(error, socket);
    });
  };
}

function openTls(
  trust: Trust,
  endpoint: Endpoint,
  tls: Tls,
  { timeout, tunnel }: SecureOptions,
  callback: Parameters<Connect>[1],
): void {
  const { host, port } = endpoint;
  const names = {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["http/1.1"],
    ...tls,
  };
  if (tunnel === undefined) {
    whenOpen(
      connectTls({ port, ...lookupOf(trust, endpoint), ...names }),
      "secureConnect",
      timeout,
      callback,
    );
    return;
  }
  tunnel(endpoint, (error, socket) => {
    if (socket === undefined) callback(error);
    else whenOpen(connectTls({ socket, ...names }), "secureConnect", timeout, callback);
  });
}

/** Resolution of the host's name under the restriction, if there is one. */
function lookupOf(
  { restriction }: Pick<Trust, "restriction">,
  { host, port, protocol }: Endpoint,
): { readonly lookup?: LookupFunction } {
  if (restriction === undefined) return {};
  return {
    lookup: restriction.lookupFor(restriction.isNamed({ hostname: host, port: String(port), protocol })),
  };
}

/** Calls back when a socket is usable, or failed. */
export function whenOpen(
  socket: Socket,
  event: "connect" | "secureConnect",
  timeout: number,
  callback: Parameters<Connect>[1],
): void {
  const timer = setTimeout(() => socket.destroy(new NoAnswerError("connecting takes too long")), timeout);
  let isOver = false;
  const over = (error: Error | null) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (error === null) callback(null, socket);
    else callback(error);
  };
  socket.once(event, () => over(null));
  // The listener stays: an error between two requests is no failure of the process.
  socket.on("error", over);
}

/** Ends the agreement with a proxy on a tunnel: hands the socket over, or destroys it after an error. */
export function tunnelEnd(
  socket: Socket,
  timer: NodeJS.Timeout,
  callback: Parameters<Connect>[1],
): (error: Error | null) => void {
  return (error) => {
    clearTimeout(timer);
    if (error === null) callback(null, socket);
    else {
      socket.destroy();
      callback(error);
    }
  };
}

/** Whether a certificate did not verify, by OpenSSL's code (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
function isUntrusted(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE)/.test(code);
}
