import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { RedirectionEnd } from "../../../contract/redirection-end.ts";
import { truncateAtWord } from "../../../contract/truncate-at-word.ts";
import { authority, codeOf, exchangeHttp, type HttpRequest } from "./http-exchange.ts";

/** Number of requests after which Go's client gives up, including the first. */
const MOST = 10;
const REDIRECTIONS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

type Answer = Pick<IncomingMessage, "statusCode" | "headers">;

/**
 * Follows redirects to the same host as the kubelet does (pkg/probe/http/http.go, RedirectChecker; Go's
 * net/http, Client.do): another port or scheme is still the same host. A redirect to another host ends the
 * chain.
 *
 * @param first answer to `sent`
 * @param signal signal for all requests together
 * @returns undefined if no redirect was followed
 */
export async function followRedirections(
  first: Answer,
  sent: HttpRequest,
  signal: AbortSignal,
): Promise<RedirectionEnd | undefined> {
  let [answer, request] = [first, sent];
  let end: RedirectionEnd | undefined;
  for (let requests = 1; ; requests += 1) {
    const url = target(answer, request);
    if (url === undefined) return end;
    if (typeof url === "string") return { to: end?.to ?? request.path, error: url };
    const to = truncateAtWord(isSameOrigin(url, sent) ? url.pathname + url.search : url.href, 200);
    if (requests === MOST) return { to, error: `stopped after ${MOST} redirects` };
    request = redirected(url, answer, request);
    try {
      answer = (await exchangeHttp(request, signal)).response;
    } catch (error) {
      return { to, error: codeOf(error) };
    }
    end = { to, ...(answer.statusCode === undefined ? {} : { status: answer.statusCode }) };
  }
}

/** URL of the next request; undefined if the answer is the last; a text for an error. */
function target({ statusCode, headers }: Answer, request: HttpRequest): URL | string | undefined {
  const location = locationOf(headers);
  if (!REDIRECTIONS.has(statusCode) || location === "") return undefined;
  const here = urlOf(request);
  const url = URL.parse(location, here);
  if (url === null) return "invalid Location";
  if (url.hostname !== new URL(here).hostname) return undefined;
  return /^https?:$/.test(url.protocol) ? url : "unsupported protocol scheme";
}

/** Location, whose bytes Node gives as characters. */
function locationOf({ location = "" }: Answer["headers"]): string {
  return Buffer.from(location, "latin1").toString("utf8");
}

function redirected(url: URL, { headers }: Answer, request: HttpRequest): HttpRequest {
  const scheme = url.protocol === "https:" ? "https" : "http";
  const port = url.port === "" ? (scheme === "https" ? 443 : 80) : Number(url.port);
  return {
    scheme,
    address: request.address,
    port,
    path: url.pathname + url.search,
    headers: redirectedHeaders(request, locationOf(headers), {
      host: authority(request.address, port),
      keepsReferer: request.scheme === "http" || scheme === "https",
    }),
  };
}

/** Headers of the next request: the same, with a declared Host if the Location is relative, and a Referer. */
function redirectedHeaders(
  { headers, address, port, ...request }: HttpRequest,
  location: string,
  { host, keepsReferer }: { readonly host: string; readonly keepsReferer: boolean },
): OutgoingHttpHeaders {
  const isDeclared = headers["Host"] !== authority(address, port);
  const isRelative = !/^[a-z][-a-z\d+.]*:/i.test(location);
  const { Referer: referer = urlOf({ headers, address, port, ...request }), ...others } = headers;
  return {
    ...others,
    ...(isDeclared && isRelative ? {} : { Host: host }),
    ...(keepsReferer ? { Referer: referer } : {}),
  };
}

function urlOf({ scheme, address, port, path }: HttpRequest): string {
  return `${scheme}://${authority(address, port)}${path}`;
}

function isSameOrigin(url: URL, request: HttpRequest): boolean {
  return url.origin === new URL(urlOf(request)).origin;
}
