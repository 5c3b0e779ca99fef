import type { OutgoingHttpHeaders } from "node:http";
import type { HttpTarget } from "../../plan/plan.ts";

/** Sender of a request: the kubelet in a probe or in a hook, or a user of the application. */
export type Sender = "probe" | "hook" | "user";

/**
 * User-Agent of each sender. Requests of users have a browser's: many applications leave the kubelet's out of
 * their access log, or answer it in another way. It states no version, so that none becomes outdated.
 */
const AGENTS: Readonly<Record<Sender, string>> = {
  probe: "kube-probe/1.34",
  hook: "kube-lifecycle/1.34",
  user: "Mozilla/5.0",
};
/** Declared headers that Go's client never sends: they describe a body, which a GET lacks. */
const NEVER_SENT: ReadonlySet<string> = new Set(["Content-Length", "Trailer", "Transfer-Encoding"]);

/**
 * Headers of a request as the kubelet sends them (pkg/probe/http/request.go, newProbeRequest; Go's net/http,
 * Request.write). Of a declared Host or User-Agent, the first value is sent; without a declaration, the
 * sender's own. An empty Host means the address; an empty User-Agent or Accept is not sent.
 *
 * @param address host and port of the request's URL
 */
export function requestHeaders(
  declared: HttpTarget["headers"],
  address: string,
  sender: Sender,
): OutgoingHttpHeaders {
  const { Host: [host = ""] = [], "User-Agent": agents = [AGENTS[sender]], ...others } = declared;
  const { Accept: accepted = ["*/*"], ...rest } = others;
  const [product = ""] = agents;
  const sent = Object.entries(rest).filter(([name]) => !NEVER_SENT.has(name));
  return {
    Host: onTheWire(host === "" ? address : host),
    ...(product === "" ? {} : { "User-Agent": onTheWire(product) }),
    ...Object.fromEntries(sent.map(([name, values]) => [name, values.map(onTheWire)])),
    ...(accepted[0] === "" ? {} : { Accept: accepted.map(onTheWire) }),
  };
}

/** Text whose characters represent its bytes in UTF-8, since Node writes each character as a byte. */
function onTheWire(value: string): string {
  return Buffer.from(value, "utf8").toString("latin1");
}
