import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { HttpEvent } from "../../../contract/trial-events.ts";
import { truncateAtWord } from "../../../contract/truncate-at-word.ts";
import { POD } from "../../plan/addresses.ts";
import type { HttpTarget } from "../../plan/plan.ts";
import { authority, codeOf, exchangeHttp, type HttpRequest } from "./http-exchange.ts";
import { followRedirections } from "./redirections.ts";
import { requestHeaders, type Sender } from "./request-headers.ts";

type HttpAnswer = Omit<HttpEvent, "kind" | "why">;

const HOSTS = { ipv6: POD.ipv6, loopback: "127.0.0.1" } as const;

/** Target of a request; default: the pod's address. */
type Asked = HttpTarget & Pick<HttpEvent, "host"> & Pick<HttpRequest, "from">;

/** Whom the request comes from, and whether redirections to the same host are followed. */
interface HttpManner {
  readonly sender: Sender;
  readonly follows: boolean;
}

/** Requests of the trial's own, which look at single paths, as a user sends them. */
const OWN: HttpManner = { sender: "user", follows: false };
/** Requests that the kubelet would send. */
export const PROBE: HttpManner = { sender: "probe", follows: true };
export const HOOK: HttpManner = { sender: "hook", follows: true };

/**
 * Sends a GET as the kubelet does. The result is the first answer; if redirects were followed, it also states
 * their end. The timeout is for all requests together.
 */
export async function getHttp(
  target: Asked,
  timeoutMs: number,
  { sender, follows }: HttpManner = OWN,
): Promise<HttpAnswer> {
  const started = performance.now();
  const { port, path, scheme, host, headers, from } = target;
  const asked = { port, path, scheme, ...(host === undefined ? {} : { host }), ...sentHost(headers) };
  const address = host === undefined ? POD.ipv4 : HOSTS[host];
  const took = (): { tookMs: number } => ({ tookMs: Math.round(performance.now() - started) });
  try {
    const sent = {
      scheme,
      address,
      port,
      path: requestPath(path),
      headers: requestHeaders(headers, authority(address, port), sender),
      ...(from === undefined ? {} : { from }),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const { response, body } = await exchangeHttp(sent, signal);
    const redirected = follows ? await followRedirections(response, sent, signal) : undefined;
    const end = redirected === undefined ? {} : { redirected };
    return { ...asked, ...describe(response, body, path), ...end, ...took() };
  } catch (error) {
    return { ...asked, error: codeOf(error), ...took() };
  }
}

/** Host header that is not the address. */
function sentHost({ Host: [sent = ""] = [] }: HttpTarget["headers"]): Pick<HttpAnswer, "sentHost"> {
  return sent === "" ? {} : { sentHost: sent.slice(0, LONGEST_HOST) };
}

/** Characters kept of a Host header; host names are shorter. */
const LONGEST_HOST = 300;

/** Path for a request line: a manifest's may lack the slash, or contain invalid characters. */
function requestPath(path: string): string {
  const { pathname, search } = new URL(path.startsWith("/") ? path : `/${path}`, "http://pod");
  return pathname + search;
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
