import { connect as connectPlain, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type SecureContext } from "node:tls";
import { pairOf, type Trust } from "./certificate-authorities.ts";
import type { ConnectionCertificates } from "./connection-certificates.ts";
import { NoAnswerError } from "./transport.ts";

/** Host that a connection is opened to. */
interface Endpoint {
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
export function plainConnect(trust: Trust, timeout: number): Connect {
  return (endpoint, callback) => {
    const { host, port } = endpoint;
    const socket = connectPlain({ host, port, ...lookupOf(trust, endpoint) });
    whenOpen(socket, "connect", timeout, callback);
  };
}

/** Connections whose certificate is not verified. */
export function unverifiedConnect(
  trust: Trust,
  timeout: number,
  certificates?: ConnectionCertificates,
): Connect {
  const tls: Tls = { rejectUnauthorized: false, ...pairOf(certificates) };
  return (endpoint, callback) => openTls(trust, endpoint, tls, timeout, callback);
}

/**
 * Connections that trust Node's own authorities first, and all authorities after a certificate was not
 * verified. The second step would also accept everything that the first accepts. With a registry's certificates,
 * there is one step.
 */
export function verifiedConnect(
  trust: Trust,
  timeout: number,
  certificates?: ConnectionCertificates,
): Connect {
  const contextOfAll = trust.authorities();
  let byAll = certificates === undefined ? undefined : contextOfAll(certificates);
  return (endpoint, callback) => {
    const again = () => {
      byAll ??= contextOfAll();
      openTls(trust, endpoint, { secureContext: byAll }, timeout, callback);
    };
    if (byAll !== undefined) {
      again();
      return;
    }
    openTls(trust, endpoint, {}, timeout, (error, socket) => {
      if (error !== null && isUntrusted(error)) again();
      else callback(error, socket);
    });
  };
}

function openTls(
  trust: Trust,
  endpoint: Endpoint,
  tls: Tls,
  timeout: number,
  callback: Parameters<Connect>[1],
): void {
  const { host, port } = endpoint;
  const socket = connectTls({
    host,
    port,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["http/1.1"],
    ...lookupOf(trust, endpoint),
    ...tls,
  });
  whenOpen(socket, "secureConnect", timeout, callback);
}

/** Resolution of the host's name under the restriction, if there is one. */
function lookupOf(
  { restriction }: Trust,
  { host, port, protocol }: Endpoint,
): { readonly lookup?: LookupFunction } {
  if (restriction === undefined) return {};
  return {
    lookup: restriction.lookupFor(restriction.isNamed({ hostname: host, port: String(port), protocol })),
  };
}

function whenOpen(
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

/** Whether a certificate did not verify, by OpenSSL's code (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
function isUntrusted(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE)/.test(code);
}
