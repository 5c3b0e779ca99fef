import {
  type Agent,
  type AgentOptions,
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { pipeline, Readable } from "node:stream";
import type { Trust } from "./certificate-authorities.ts";
import { type Connect, plainConnect, unverifiedConnect, verifiedConnect } from "./connect.ts";
import type { HostPolicy } from "./hosts.ts";
import type { Proxy } from "./proxies.ts";
import { hasRepeatedLength, withSingleLength } from "./repeated-length.ts";
import {
  DISCARDED_BYTES,
  isStream,
  NoAnswerError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "./transport.ts";
import { proxyAuthorization, proxyConnect, tunnelConnect } from "./tunnel.ts";

/**
 * Milliseconds after which an unused connection is closed, before the host closes it: many do after five
 * seconds, and a request that meets the close fails.
 */
const UNUSED_MS = 4_000;

/** Transport by Node's own client, direct or through proxies. */
export function nodeTransport(hosts: HostPolicy, trust: Trust, idleMs: number): Transport {
  const made = new Map<string, Agent>();
  const tunnelOptions = { timeout: idleMs, context: () => trust.authorities()() };
  function agentFor({ url, certificates, proxy }: TransportRequest, ofOne = false): Agent {
    const kind =
      url.protocol === "http:" ? "plain" : hosts.isUnverified(url.host) ? "unverified" : "verified";
    const name = `${kind} ${ofOne} ${proxy?.variable ?? ""} ${certificates?.key ?? ""}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const tunnel = proxy === undefined ? undefined : tunnelConnect(proxy, tunnelOptions);
    const options = { timeout: idleMs, certificates, tunnel };
    const connect =
      kind === "plain"
        ? plainConnectFor(proxy)
        : (kind === "verified" ? verifiedConnect : unverifiedConnect)(trust, options);
    const agent = new (kind === "plain" ? HttpAgent : HttpsAgent)(ofOne ? {} : AGENT);
    connectBy(agent, connect, ofOne);
    made.set(name, agent);
    return agent;
  }
  /** Requests without TLS are sent to an HTTP proxy itself, in a connection for each host. */
  function plainConnectFor(proxy: Proxy | undefined): Connect {
    if (proxy === undefined) return plainConnect(trust, idleMs);
    return (proxy.kind === "socks5" ? tunnelConnect : proxyConnect)(proxy, tunnelOptions);
  }
  return {
    async send(request) {
      try {
        return await exchanged(request, agentFor(request), idleMs);
      } catch (error) {
        if (!hasRepeatedLength(error, request)) throw error;
        return exchanged(request, agentFor(request, true), idleMs);
      }
    },
    async close() {
      for (const agent of made.values()) agent.destroy();
    },
  };
}

const AGENT: AgentOptions = { keepAlive: true, timeout: UNUSED_MS };

/** @param ofOne whether a connection is for one answer, whose length may be repeated */
function connectBy(agent: Agent, connect: Connect, ofOne: boolean): void {
  agent.createConnection = ({ host, port, protocol }, callback) => {
    const endpoint = { host: host ?? "", port: Number(port), protocol: protocol ?? "" };
    connect(endpoint, (error, socket) => {
      const opened = socket === undefined || !ofOne ? socket : withSingleLength(socket);
      callback?.(error, opened as NonNullable<typeof opened>);
    });
    return undefined;
  };
}

function exchanged(request: TransportRequest, agent: Agent, idleMs: number): Promise<TransportResponse> {
  const { url, method, body, signal } = request;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const sent = (url.protocol === "http:" ? httpRequest : httpsRequest)({
      protocol: url.protocol,
      // The URL itself is not handed over: a user and a password in it would be sent.
      hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port || (url.protocol === "http:" ? 80 : 443),
      ...targetOf(request),
      method,
      agent,
    });
    let answer: IncomingMessage | undefined;
    const abort = () => {
      const reason = asError(signal.reason);
      answer?.destroy(reason);
      sent.destroy(reason);
      // A request without a connection yet would first wait for that.
      reject(reason);
    };
    signal.addEventListener("abort", abort);
    sent.once("close", () => signal.removeEventListener("abort", abort));
    const waiting = headersTimer(sent, idleMs);
    // An error behind the beginning of an answer, as of a chunk's length, is an error of its body.
    sent.on("error", (error) => (answer === undefined ? reject(error) : answer.destroy(error)));
    // Another protocol is not spoken.
    sent.once("upgrade", (_, socket) => socket.destroy());
    sent.once("close", () => reject(new ClosedError("the connection was closed before an answer")));
    sent.once("response", (response) => {
      waiting.end();
      if ((response.statusCode ?? 0) < 100) sent.destroy(new StatusError("status below 100"));
      else answer = response;
      // An error before the body is read is given to its reader.
      response.on("error", () => {});
      if (answer !== undefined) resolve(responseOf(sent, response, idleMs));
    });
    send(sent, body, { progress: waiting.again, failure: reject });
  });
}

/** Path and headers: an HTTP proxy gets the whole address of a request without TLS (RFC 9112, 3.2.2). */
function targetOf({ url, headers, proxy }: TransportRequest) {
  const path = url.pathname + url.search;
  if (url.protocol !== "http:" || proxy === undefined || proxy.kind === "socks5") return { path, headers };
  return { path: url.origin + path, headers: { ...headers, ...proxyAuthorization(proxy) } };
}

/** Error for a connection that the host closed. */
class ClosedError extends Error {
  readonly code = "ECONNRESET";
}

/** Error for a status that the parser of Node lets through. */
class StatusError extends Error {
  readonly code = "HPE_INVALID_STATUS";
  readonly reason = this.message;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/**
 * Ends a request whose answer does not begin in time. The time begins when there is a connection, and anew with
 * each sign of life.
 */
function headersTimer(sent: ClientRequest, idleMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const again = () => {
    if (isOver) return;
    timer ??= setTimeout(() => sent.destroy(new NoAnswerError("the answer does not begin")), idleMs);
    timer.refresh();
  };
  const end = () => {
    isOver = true;
    clearTimeout(timer);
  };
  for (const event of ["socket", "continue", "information", "finish"]) sent.on(event, again);
  sent.once("close", end);
  return { again, end };
}

/** Callbacks of a body that is sent. */
interface Sending {
  readonly progress: () => void;
  /** Called with the error of the body itself, which the request would not give. */
  readonly failure: (error: unknown) => void;
}

function send(sent: ClientRequest, body: TransportRequest["body"], on: Sending): void {
  if (!isStream(body)) {
    sent.end(body);
    return;
  }
  pipeline(Readable.from(observed(body, on)), sent, () => {});
}

async function* observed(body: AsyncIterable<Uint8Array>, on: Sending): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body) {
      on.progress();
      yield piece;
    }
  } catch (error) {
    on.failure(error);
    throw error;
  }
}

function responseOf(sent: ClientRequest, response: IncomingMessage, idleMs: number): TransportResponse {
  const { statusCode = 0, headersDistinct } = response;
  return {
    status: statusCode,
    headers: (name) => headersDistinct[name] ?? [],
    body: read(response, idleMs),
    discard: () => discarded(sent, response, idleMs),
  };
}

/** Bytes of the body; fails if the host sends nothing for a while. The reader's own time does not count. */
async function* read(response: IncomingMessage, idleMs: number): AsyncGenerator<Uint8Array> {
  const silent = () => response.destroy(new NoAnswerError("the answer does not go on"));
  let timer = setTimeout(silent, idleMs);
  try {
    for await (const chunk of response) {
      clearTimeout(timer);
      yield chunk as Buffer;
      timer = setTimeout(silent, idleMs);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Reads the rest of a short body; a longer one ends with its connection, and so does a request that goes on. */
async function discarded(sent: ClientRequest, response: IncomingMessage, idleMs: number): Promise<void> {
  if (!sent.writableFinished) {
    sent.destroy();
    return;
  }
  let size = 0;
  const timer = setTimeout(() => response.destroy(), idleMs);
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > DISCARDED_BYTES) response.destroy();
    });
    if (response.closed) resolve();
  });
  clearTimeout(timer);
}
