import { setTimeout as sleep } from "node:timers/promises";
import type { HttpEvent, ProbeEvent } from "../../contract/trial-facts.ts";
import type { ProbePlan } from "../plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { POD } from "./network.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";
import { discoverHttp } from "./probe/discovery.ts";
import { tryConnection } from "./probe/tcp.ts";
import { commandLines, processesOf } from "./processes.ts";
import type { Container } from "./running-container.ts";

/** Ports beyond these are tried no more. */
const PORTS = 20;
/** Nor are these asked for health paths. */
const HTTP_PORTS = 5;
const [PROBE_TRIES, PROBE_PERIOD_MS] = [3, 100];

/** Records the processes of a container. */
export async function observeProcesses({ podContainer: { log }, container }: ContainerRun): Promise<void> {
  const processes = processesOf(container.pid);
  const commands = await commandLines(processes);
  const inner = new Map(processes.map(({ pid, innerPid }) => [pid, innerPid]));
  for (const { pid, innerPid, parent, uid, name } of processes) {
    const command = commands.get(pid) ?? name;
    log.observe({ kind: "process", pid: innerPid, parent: inner.get(parent) ?? 0, uid, command });
  }
}

/** Tries ports that were not tried yet: those declared, and those that something listens on. Gives the open ones. */
export async function tryPorts(
  { podContainer: { plan, log }, sockets }: ContainerRun,
  tried: Set<number>,
): Promise<readonly number[]> {
  sockets.look();
  const listened = sockets.listeners.filter(({ protocol }) => protocol === "tcp").map(({ port }) => port);
  const ports = [...new Set([...plan.stimuli.ports, ...listened])].filter((port) => !tried.has(port));
  const open: number[] = [];
  for (const port of ports.slice(0, Math.max(0, PORTS - tried.size))) {
    tried.add(port);
    const [ipv4, ipv6, loopback] = await Promise.all([
      tryConnection(POD.ipv4, port),
      tryConnection(POD.ipv6, port),
      tryConnection("127.0.0.1", port),
    ]);
    const declared = plan.stimuli.ports.includes(port);
    log.observe({ kind: "port", port, declared, ipv4, ipv6, loopback });
    if (ipv4 === "open") open.push(port);
  }
  return open;
}

/** Tries every declared probe, a few times when it fails. */
export async function tryProbes({ podContainer: { plan, log }, container }: ContainerRun): Promise<void> {
  for (const probe of plan.stimuli.probes) log.observe(await outcomeOf(probe, container));
}

async function outcomeOf(probe: ProbePlan, container: Container): Promise<HttpEvent | ProbeEvent> {
  let outcome = await tryProbe(probe, container);
  for (
    let tries = 1;
    tries < PROBE_TRIES && !succeeded(outcome) && container.end() === undefined;
    tries += 1
  ) {
    await sleep(PROBE_PERIOD_MS);
    outcome = await tryProbe(probe, container);
  }
  return outcome;
}

/** Asks the open ports for health paths, and what else the user wants asked. */
export async function askHttp(
  { podContainer: { plan, log } }: Pick<ContainerRun, "podContainer">,
  ports: readonly number[],
): Promise<void> {
  const asking = ports.slice(0, HTTP_PORTS).map(async (port) => {
    const https = plan.stimuli.probes.some(
      ({ does }) => "http" in does && does.http.port === port && does.http.scheme === "https",
    );
    const scheme = https ? "https" : "http";
    await discoverHttp({ port, scheme }, plan.stimuli, (event) => log.observe(event));
  });
  await Promise.all(asking);
}
