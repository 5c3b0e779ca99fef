import { randomInt } from "node:crypto";
import type { HttpEvent } from "../../../contract/trial-events.ts";
import type { HttpTarget, StimuliPlan } from "../../plan.ts";
import { getHttp } from "./http.ts";

const TIMEOUT_MS = 1_000;
/** A first page may have to be built before it can be sent. */
const PAGE_TIMEOUT_MS = 3_000;
/** At once: a small server has a small backlog, and no probe comes with seven others. */
const AT_ONCE = 4;
/** So many that no application has it, nor a page by chance. */
const LETTERS = 14;

/** A port of the pod, and where it is open. */
export interface HttpPort extends Pick<HttpTarget, "port" | "scheme"> {
  readonly host?: HttpEvent["host"];
}

/** Nothing in it tells that it is ours, so that nobody can answer it otherwise than any other; letters, as a page would have. */
function missingPath(): string {
  const letters = Array.from({ length: LETTERS }, () => String.fromCharCode(randomInt(97, 123)));
  return `/${letters.join("")}`;
}

/**
 * Asks a port for a path that nobody has, then, if it speaks HTTP, for `/`, the usual health paths
 * and what else the user wants asked. Of the health paths, answers are reported that are good, or
 * errors of the server's.
 */
export async function discoverHttp(
  { port, scheme: expected, host }: HttpPort,
  { paths, warmUp }: Pick<StimuliPlan, "paths" | "warmUp">,
  observe: (event: HttpEvent) => void,
): Promise<void> {
  const at = { port, headers: {}, ...(host === undefined ? {} : { host }) };
  const askBy = async (
    scheme: HttpTarget["scheme"],
    path: string,
    why: HttpEvent["why"],
    timeoutMs: number = TIMEOUT_MS,
  ): Promise<HttpEvent> => ({ kind: "http", why, ...(await getHttp({ ...at, path, scheme }, timeoutMs)) });
  const plain = await askBy(expected, missingPath(), "random");
  const secure = mayBeTls(plain) ? await askBy("https", missingPath(), "random") : undefined;
  const random = secure?.status === undefined ? plain : secure;
  observe(random);
  if (random.status === undefined && random.error !== "timeout") return;
  const ask = askBy.bind(undefined, random.scheme);
  observe(await ask("/", "home", PAGE_TIMEOUT_MS));
  if (random.status === undefined) return;
  // Who has every path may say something else each time: that is no difference then.
  if (random.status < 400) observe(await ask(missingPath(), "random"));
  for (let first = 0; first < paths.length; first += AT_ONCE) {
    const asking = paths.slice(first, first + AT_ONCE).map((path) => ask(path, "discovery"));
    for (const answer of await Promise.all(asking)) if (isTelling(answer)) observe(answer);
  }
  for (const path of warmUp) observe(await ask(path, "warm-up", PAGE_TIMEOUT_MS));
}

/** Servers of TLS answer plain HTTP with an alert, a reset, or a page that says so. */
function mayBeTls({ scheme, status, error }: HttpEvent): boolean {
  return scheme === "http" && (status === 400 || /^(?:HPE_|ECONNRESET$)/.test(error ?? ""));
}

/** That a path is missing, or for others, is nothing to tell of one that was only guessed. */
function isTelling({ status }: HttpEvent): boolean {
  return status !== undefined && (status < 400 || status >= 500);
}
