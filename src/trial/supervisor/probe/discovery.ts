import { randomInt } from "node:crypto";
import type { HttpEvent } from "../../../contract/trial-events.ts";
import type { HttpTarget, RequestPlan } from "../../plan/plan.ts";
import { getHttp } from "./http.ts";

const TIMEOUT_MS = 1_000;
/** Timeout for a page, which a server may build at its first request. */
const PAGE = { timeoutMs: 3_000 } as const;
/** Concurrent requests; few, since small servers have small backlogs and real probes come singly. */
const AT_ONCE = 4;
/** Length of a random path, long enough that no application or page contains the path by chance. */
const LETTERS = 14;

/** Port of the pod, with the address where it is open, and the headers of requests. */
export interface HttpPort extends Pick<HttpTarget, "port" | "scheme" | "headers"> {
  readonly host?: HttpEvent["host"];
  /** Headers of probes with their own Host, for which a random path is requested, too. */
  readonly probed?: readonly HttpTarget["headers"][];
}

interface Manner {
  readonly timeoutMs?: number;
  readonly sent?: HttpTarget["headers"];
}

/** A random path that cannot be recognised as ours; letters, like a page's name. */
function missingPath(): string {
  const letters = Array.from({ length: LETTERS }, () => String.fromCharCode(randomInt(97, 123)));
  return `/${letters.join("")}`;
}

/**
 * Requests a random path from a port; if the port uses HTTP, also `/`, the usual health paths and the user's
 * paths. Of the health paths, good answers and server errors are reported.
 */
export async function discoverHttp(
  { port, scheme: expected, host, headers, probed = [] }: HttpPort,
  { paths, warmUp }: Pick<RequestPlan, "paths" | "warmUp">,
  observe: (event: HttpEvent) => void,
): Promise<void> {
  const at = { port, ...(host === undefined ? {} : { host }) };
  const askBy = async (
    scheme: HttpTarget["scheme"],
    path: string,
    why: HttpEvent["why"],
    { timeoutMs = TIMEOUT_MS, sent = headers }: Manner = {},
  ): Promise<HttpEvent> => ({
    kind: "http",
    why,
    ...(await getHttp({ ...at, path, scheme, headers: sent }, timeoutMs)),
  });
  const plain = await askBy(expected, missingPath(), "random");
  const secure = mayBeTls(plain) ? await askBy("https", missingPath(), "random") : undefined;
  const random = secure?.status === undefined ? plain : secure;
  observe(random);
  if (random.status === undefined && random.error !== "timeout") return;
  const ask = askBy.bind(undefined, random.scheme);
  observe(await ask("/", "home", PAGE));
  if (random.status === undefined) return;
  // A catch-all server may answer differently each time; a second random path reveals that.
  if (random.status < 400) observe(await ask(missingPath(), "random"));
  for (const sent of probed) observe(await ask(missingPath(), "random", { sent }));
  for (let first = 0; first < paths.length; first += AT_ONCE) {
    const asking = paths.slice(first, first + AT_ONCE).map((path) => ask(path, "discovery"));
    for (const answer of await Promise.all(asking)) if (isTelling(answer)) observe(answer);
  }
  for (const path of warmUp) observe(await ask(path, "warm-up", PAGE));
}

/** Whether the server may use TLS: it answers plain HTTP with an alert, a reset, or an error page. */
function mayBeTls({ scheme, status, error }: HttpEvent): boolean {
  return scheme === "http" && (status === 400 || /^(?:HPE_|ECONNRESET$)/.test(error ?? ""));
}

/** Whether the answer to a guessed path is worth reporting: not if the path is missing or forbidden. */
function isTelling({ status }: HttpEvent): boolean {
  return status !== undefined && (status < 400 || status >= 500);
}
