import type { OutgoingHttpHeaders } from "node:http";
import type { HttpTarget } from "../../plan/plan.ts";

/** Product by which the kubelet names itself: in a probe, or in a hook. */
export type KubeletAgent = "kube-probe" | "kube-lifecycle";

/** Version that the kubelet states. */
const VERSION = "1.34";
/** Declared headers that Go's client never sends: they describe a body, which a GET lacks. */
const NEVER_SENT: ReadonlySet<string> = new Set(["Content-Length", "Trailer", "Transfer-Encoding"]);

/**
 * Headers of a request as the kubelet sends them (pkg/probe/http/request.go, newProbeRequest; Go's net/http,
 * Request.write). Of a declared Host or User-Agent, the first value is sent; without a declaration, the
 * kubelet's own. An empty Host means the address; an empty User-Agent or Accept is not sent.
 *
 * @param address host and port of the request's URL
 */
export function requestHeaders(
  declared: HttpTarget["headers"],
  address: string,
  agent: KubeletAgent,
): OutgoingHttpHeaders {
  const { Host: [host = ""] = [], "User-Agent": agents = [`${agent}/${VERSION}`], ...others } = declared;
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
