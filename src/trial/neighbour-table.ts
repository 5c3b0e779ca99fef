import { readFileSync } from "node:fs";
import type { LimitEvent } from "../contract/limit-event.ts";
import type { TrialObservation } from "../contract/trial-facts.ts";
import type { SupervisorMessage } from "./plan/plan.ts";
import type { PodName } from "./pod-states.ts";

/** Statistics of the kernel's tables for ARP and NDP, which all network namespaces share. */
const TABLES = ["/proc/net/stat/arp_cache", "/proc/net/stat/ndisc_cache"];
const LIMIT: LimitEvent = { kind: "limit", what: "neighbours" };

/**
 * Number of times since boot that the kernel found a table of neighbours full: `table_fulls` of all
 * processors.
 *
 * @param texts contents of the tables' statistics: a header, then one line of hexadecimal counters per
 * processor
 */
export function tableFulls(texts: readonly string[] = TABLES.map(read)): number {
  return texts.reduce((sum, text) => {
    const [header = "", ...lines] = text.split("\n");
    const column = header.split(/\s+/).indexOf("table_fulls");
    const counts =
      column < 0 ? [] : lines.map((line) => Number.parseInt(line.split(/\s+/)[column] ?? "", 16));
    return sum + counts.reduce((all, count) => all + (Number.isNaN(count) ? 0 : count), 0);
  }, 0);
}

type OfContainer = Extract<SupervisorMessage, { readonly container: number }>;

/**
 * Detects phases during which a table of neighbours was full: connections then fail with "no route to host"
 * or "no buffer space", which is a fault of the machine. A process in another network namespace cannot
 * observe it.
 */
export class NeighbourWatch {
  readonly #begun = new Map<string, number>();
  readonly #fulls: () => number;

  constructor(fulls: () => number = tableFulls) {
    this.#fulls = fulls;
  }

  /** Observation to record if the message ends a phase in which the table was full; otherwise undefined. */
  onMessage(pod: PodName, message: OfContainer): TrialObservation | undefined {
    if (message.kind === "news" && message.news.news === "begins") {
      const { name, root } = message.news;
      this.#begun.set(keyOf(pod, message.container, { name, root }), this.#fulls());
    }
    if (message.kind !== "phase") return undefined;
    const { name, root, endMs } = message.phase;
    const before = this.#begun.get(keyOf(pod, message.container, { name, root })) ?? Number.POSITIVE_INFINITY;
    return this.#fulls() > before ? { phase: name, root, ms: endMs, ...LIMIT } : undefined;
  }
}

function keyOf(
  pod: PodName,
  container: number,
  { name, root }: { readonly name: string; readonly root: string },
): string {
  return `${pod} ${container} ${name} ${root}`;
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
