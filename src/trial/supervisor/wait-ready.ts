import { setTimeout as sleep } from "node:timers/promises";
import type { ReadyEvent } from "../../contract/trial-events.ts";
import type { ProbePlan, RequestPlan } from "../plan/plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { IdleWatch } from "./idle-watch.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";
import type { ContainerSockets, Listener } from "./sockets-watch.ts";

const POLL_MS = 10;
const PROBE_PERIOD_MS = 100;
/**
 * Milliseconds without a new port after which the open ports count: a program that opens one port often opens
 * a second. Longer for loopback, which is rarely the final address.
 */
const [QUIET_MS, LOOPBACK_QUIET_MS] = [100, 1_000];
/** Longer wait if the open port is not in EXPOSE, since the documented port may follow. */
const HINT_QUIET_MS = 2_000;
/** Idle time after which a container without announced ports counts as waiting for work. */
const IDLE_MS = 5_000;

/** Waits until the container serves, ends, or time is up. */
export async function waitReady(
  { podContainer, container, sockets }: ContainerRun,
  readyMs: number,
): Promise<ReadyEvent["by"]> {
  const until = performance.now() + readyMs;
  const { stimuli } = podContainer.plan;
  const probe = awaitedProbe(stimuli);
  const others = podContainer.pod.containers.filter((one) => one !== podContainer);
  const quiet = new QuietListeners(
    sockets,
    others.map(({ plan }) => plan.stimuli),
  );
  const idle = announcesPort(stimuli) ? undefined : new IdleWatch(container.pid);
  let nextProbe = 0;
  while (performance.now() < until && container.end() === undefined) {
    sockets.poll();
    const by = probe === undefined || isTold(stimuli) ? byListeners(stimuli, sockets, quiet) : undefined;
    if (by !== undefined) return by;
    // The probe cannot succeed, since its port is open only on loopback.
    if (probe !== undefined && onlyLoopback(portOf(probe), sockets.listeners)) return "port";
    if (probe !== undefined && performance.now() >= nextProbe) {
      if (succeeded(await tryProbe(probe, container))) return "probe";
      nextProbe = performance.now() + PROBE_PERIOD_MS;
    }
    if (sockets.listeners.length === 0 && idle !== undefined && idle.idleMs() >= IDLE_MS) return "nothing";
    await sleep(POLL_MS);
  }
  return "nothing";
}

/** Probe for readiness; without such a probe on a port, a liveness command suffices. */
function awaitedProbe({ probes, ports }: RequestPlan): ProbePlan | undefined {
  const ready = probes.find(({ why }) => why !== "liveness");
  return ready ?? (ports.length === 0 ? probes.find(({ does }) => "exec" in does) : undefined);
}

/**
 * Whether the second replica has another port in its variable, and may open that port instead of its probe's.
 */
function isTold({ toldPort }: RequestPlan): boolean {
  return toldPort !== undefined;
}

/** Whether a port is announced by anything but the second replica's variable. */
function announcesPort({ ports, probes, toldPort }: RequestPlan): boolean {
  return probes.length > 0 || ports.some((port) => port !== toldPort);
}

/** Whether a port is expected: declared, or called by a probe. */
export function isExpected({ ports, probes }: Pick<RequestPlan, "ports" | "probes">): boolean {
  return ports.length > 0 || probes.length > 0;
}

/**
 * Ready by open ports: a declared port; any port if none is declared, or if the ports come from EXPOSE only.
 */
function byListeners(
  { ports, hint = false, toldPort }: Pick<RequestPlan, "ports" | "hint" | "toldPort">,
  sockets: ContainerSockets,
  quiet: QuietListeners,
): ReadyEvent["by"] | undefined {
  const { listeners } = sockets;
  if (listeners.some(({ protocol, port }) => protocol === "tcp" && ports.includes(port))) return "port";
  if (ports.length === 0) return quiet.now() ? "listener" : undefined;
  const usual = ports.filter((port) => port !== toldPort);
  // The usual ports were another container's at the first start, too.
  if (toldPort !== undefined && listeners.length === 0 && areAnothers(usual, quiet.others, sockets)) {
    return "port";
  }
  if (!quiet.now(HINT_QUIET_MS)) return undefined;
  // The probe's port may belong to another container, such as a proxy.
  const isBehind = toldPort !== undefined && usual.some((port) => sockets.addressesOf(port).length > 0);
  return hint || isBehind ? "listener" : undefined;
}

type Asked = Pick<RequestPlan, "ports" | "toldPort">;

/** Whether other containers open these ports, or the container opens its assigned port instead. */
function areAnothers(ports: readonly number[], others: readonly Asked[], sockets: ContainerSockets): boolean {
  const isOpen = (port: number | undefined): boolean =>
    port !== undefined && sockets.addressesOf(port).length > 0;
  if (ports.length === 0 || others.length === 0) return false;
  return ports.every(
    (port) => isOpen(port) || others.some((one) => one.ports.includes(port) && isOpen(one.toldPort)),
  );
}

/** Detects that something listens and that no new listener has come for a while. */
class QuietListeners {
  /** Other containers of the pod, whose listeners must be distinguished. */
  readonly others: readonly Asked[];
  readonly #sockets: ContainerSockets;
  #count = 0;
  #since = 0;

  constructor(sockets: ContainerSockets, others: readonly Asked[]) {
    this.#sockets = sockets;
    this.others = others;
  }

  /** @param least shortest time without new listeners, in milliseconds */
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
