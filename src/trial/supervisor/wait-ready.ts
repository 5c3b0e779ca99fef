import { setTimeout as sleep } from "node:timers/promises";
import type { ReadyEvent } from "../../contract/trial-events.ts";
import type { ProbePlan, StimuliPlan } from "../plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";
import type { ContainerSockets, Listener } from "./sockets-watch.ts";

const POLL_MS = 10;
const PROBE_PERIOD_MS = 100;
/** A program that opens one port often opens a second one. Loopback alone is rarely the port that counts. */
const [QUIET_MS, LOOPBACK_QUIET_MS] = [100, 1_000];
/** Nor is one that the image does not document, but that may still come. */
const HINT_QUIET_MS = 2_000;

/** Waits until the container serves, ends, or time is up. */
export async function waitReady(
  { podContainer, container, sockets }: ContainerRun,
  readyMs: number,
): Promise<ReadyEvent["by"]> {
  const until = performance.now() + readyMs;
  const { probes } = podContainer.plan.stimuli;
  const probe = probes.find(({ why }) => why !== "liveness");
  const quiet = new QuietListeners(sockets);
  let nextProbe = 0;
  while (performance.now() < until && container.end() === undefined) {
    sockets.poll();
    if (probe === undefined) {
      const by = byListeners(podContainer.plan.stimuli, sockets, quiet);
      if (by !== undefined) return by;
    } else if (onlyLoopback(portOf(probe), sockets.listeners)) {
      // The probe will never get there.
      return "port";
    } else if (performance.now() >= nextProbe) {
      if (succeeded(await tryProbe(probe, container))) return "probe";
      nextProbe = performance.now() + PROBE_PERIOD_MS;
    }
    await sleep(POLL_MS);
  }
  return "nothing";
}

/** Whether it is known what it should open: a port, or one that a probe calls. */
export function isExpected({ ports, probes }: Pick<StimuliPlan, "ports" | "probes">): boolean {
  return ports.length > 0 || probes.length > 0;
}

/** A port that is declared counts; where none is, or the image alone documents it, any. */
function byListeners(
  { ports, hint = false }: Pick<StimuliPlan, "ports" | "hint">,
  { listeners }: ContainerSockets,
  quiet: QuietListeners,
): ReadyEvent["by"] | undefined {
  if (listeners.some(({ protocol, port }) => protocol === "tcp" && ports.includes(port))) return "port";
  const isQuiet = ports.length === 0 ? quiet.now() : hint && quiet.now(HINT_QUIET_MS);
  return isQuiet ? "listener" : undefined;
}

/** Whether something listens, and nothing new has come for a while. */
class QuietListeners {
  readonly #sockets: ContainerSockets;
  #count = 0;
  #since = 0;

  constructor(sockets: ContainerSockets) {
    this.#sockets = sockets;
  }

  /** @param least milliseconds for which nothing new may have come */
  now(least = 0): boolean {
    const { listeners } = this.#sockets;
    if (listeners.length !== this.#count) {
      this.#count = listeners.length;
      this.#since = performance.now();
    }
    if (this.#count === 0) return false;
    const open = listeners.some(({ protocol, address }) => protocol === "tcp" && !isLoopback(address));
    return performance.now() - this.#since >= Math.max(least, open ? QUIET_MS : LOOPBACK_QUIET_MS);
  }
}

function onlyLoopback(port: number | undefined, listeners: readonly Listener[]): boolean {
  const own = listeners.filter((listener) => listener.port === port);
  return own.length > 0 && own.every(({ address }) => isLoopback(address));
}

function portOf({ does }: ProbePlan): number | undefined {
  if ("http" in does) return does.http.port;
  if ("grpc" in does) return does.grpc.port;
  return "tcp" in does ? does.tcp.port : undefined;
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}
