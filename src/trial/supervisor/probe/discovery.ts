import { randomInt } from "node:crypto";
import type { HttpEvent } from "../../../contract/trial-facts.ts";
import type { HttpTarget, StimuliPlan } from "../../plan.ts";
import { getHttp } from "./http.ts";

const TIMEOUT_MS = 1_000;
/** At once: a small server has a small backlog, and no probe comes with seven others. */
const AT_ONCE = 4;
/** So many that no application has it, nor a page by chance. */
const LETTERS = 14;

/** Nothing in it tells that it is ours, so that nobody can answer it otherwise than any other; letters, as a page would have. */
function missingPath(): string {
  const letters = Array.from({ length: LETTERS }, () => String.fromCharCode(randomInt(97, 123)));
  return `/${letters.join("")}`;
}

/**
 * Asks a port for a path that nobody has, then, if it speaks HTTP, for the usual health paths.
 * Answers of the latter are reported when they are not errors.
 */
export async function discoverHttp(
  { port, scheme }: Pick<HttpTarget, "port" | "scheme">,
  { paths, warmUp }: Pick<StimuliPlan, "paths" | "warmUp">,
  observe: (event: HttpEvent) => void,
): Promise<void> {
  const ask = async (path: string, why: HttpEvent["why"]): Promise<HttpEvent> => {
    return { kind: "http", why, ...(await getHttp({ port, path, scheme, headers: {} }, TIMEOUT_MS)) };
  };
  const random = await ask(missingPath(), "random");
  observe(random);
  if (random.status === undefined) return;
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const answers = await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => ask(path, "discovery")));
    for (const answer of answers) if (answer.status !== undefined && answer.status < 400) observe(answer);
  }
  for (const path of warmUp) observe(await ask(path, "warm-up"));
}
