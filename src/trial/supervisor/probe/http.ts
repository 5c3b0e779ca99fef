import { createHash } from "node:crypto";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { LIMITS } from "../../../contract/limits.ts";
import type { HttpEvent } from "../../../contract/trial-events.ts";
import { truncateAtWord } from "../../../contract/truncate-at-word.ts";
import { POD } from "../../plan/addresses.ts";
import type { HttpTarget } from "../../plan/plan.ts";
import { type KubeletAgent, requestHeaders } from "./request-headers.ts";

type HttpAnswer = Omit<HttpEvent, "kind" | "why">;

const HOSTS = { ipv6: POD.ipv6, loopback: "127.0.0.1" } as const;

/** Target of a request; default: the pod's address. */
type Asked = HttpTarget & Pick<HttpEvent, "host">;

/** Sends a GET as the kubelet does: redirections are not followed, any certificate is accepted. */
export async function getHttp(
  target: Asked,
  timeoutMs: number,
  agent: KubeletAgent = "kube-probe",
): Promise<HttpAnswer> {
  const started = performance.now();
  const { port, path, scheme, host } = target;
  const asked = { port, path, scheme, ...(host === undefined ? {} : { host }) };
  const took = (): { tookMs: number } => ({ tookMs: Math.round(performance.now() - started) });
  try {
    const answer = await exchange(target, timeoutMs, agent);
    return { ...asked, ...answer, ...took() };
  } catch (error) {
    return { ...asked, error: codeOf(error), ...took() };
  }
}

async function exchange(
  { port, path, scheme, headers, host }: Asked,
  timeoutMs: number,
  agent: KubeletAgent,
): Promise<Partial<HttpAnswer>> {
  const { get } = scheme === "https" ? https : http;
  const address = host === undefined ? POD.ipv4 : HOSTS[host];
  const authority = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  const signal = AbortSignal.timeout(timeoutMs);
  const answered = Promise.withResolvers<Partial<HttpAnswer>>();
  const request = get(
    {
      host: address,
      port,
      path: requestPath(path),
      headers: requestHeaders(headers, authority, agent),
      // Node would name a declared Host in the TLS handshake; the kubelet names the URL's host, an address.
      servername: "",
      agent: false,
      rejectUnauthorized: false,
      // Accepts a bare LF as line end, like Go's net/textproto, which the kubelet uses.
      insecureHTTPParser: true,
      signal,
    },
    (response) => {
      readBody(response).then((body) => answered.resolve(describe(response, body, path)), answered.reject);
    },
  );
  request.on("error", (error) => answered.reject(signal.aborted ? new Error("timeout") : error));
  try {
    return await answered.promise;
  } finally {
    request.destroy();
  }
}

/** Path for a request line: a manifest's may lack the slash, or contain invalid characters. */
function requestPath(path: string): string {
  const { pathname, search } = new URL(path.startsWith("/") ? path : `/${path}`, "http://pod");
  return pathname + search;
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LIMITS.trialHttpBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, LIMITS.trialHttpBytes);
}

function describe({ statusCode, headers }: IncomingMessage, body: Buffer, path: string): Partial<HttpAnswer> {
  const { location, "content-type": contentType } = headers;
  return {
    ...(statusCode === undefined ? {} : { status: statusCode }),
    ...(contentType === undefined ? {} : { contentType: truncateAtWord(contentType, 100) }),
    ...(location === undefined ? {} : { location: truncateAtWord(location, 200) }),
    bytes: body.length,
    body: digest(body, path),
  };
}

/** Shortest path replaced in a page; `/` occurs in every page. */
const TELLING = 4;

/** Digest of a page without the requested path, so that "not found" pages for different paths are equal. */
function digest(body: Buffer, path: string): string {
  const page = body.toString("latin1");
  const text =
    path.length < TELLING ? page : page.replaceAll(path, "").replaceAll(path.replace(/^\//, ""), "");
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as NodeJS.ErrnoException;
  return (code ?? error.message).slice(0, 100);
}
