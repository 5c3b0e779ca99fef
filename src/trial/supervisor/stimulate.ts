import { setTimeout as sleep } from "node:timers/promises";
import type { HttpEvent, PortEvent, ProbeEvent } from "../../contract/trial-events.ts";
import { POD } from "../plan/addresses.ts";
import type { HttpTarget, ProbePlan, RequestPlan } from "../plan/plan.ts";
import type { ContainerRun, RunOptions } from "./container-run.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";
import { discoverHttp, type HttpPort } from "./probe/discovery.ts";
import { ownHeaders } from "./probe/own-headers.ts";
import { tryConnection } from "./probe/tcp.ts";
import { commandLines, processesOf } from "./processes.ts";
import type { Container } from "./running-container.ts";

/** Maximum number of ports tried. */
const PORTS = 20;
/** Maximum number of ports asked for health paths. */
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

/**
 * Tries new ports: declared ports, and ports with a listener.
 *
 * @returns the results by port
 */
export async function tryPorts(run: ContainerRun, tried: Set<number>): Promise<readonly PortEvent[]> {
  const { podContainer, sockets } = run;
  sockets.look();
  const listened = sockets.listeners.filter(({ protocol }) => protocol === "tcp").map(({ port }) => port);
  const ports = [...new Set([...podContainer.plan.stimuli.ports, ...listened])].filter(
    (port) => !tried.has(port),
  );
  const events: PortEvent[] = [];
  for (const port of ports.slice(0, Math.max(0, PORTS - tried.size))) {
    tried.add(port);
    events.push(await tryPort(run, port));
  }
  for (const event of events) podContainer.log.observe(event);
  return events;
}

/** Records the addresses on which the expected UDP ports are bound. */
export function lookAtDatagramPorts(
  { podContainer, sockets }: ContainerRun,
  when: { readonly end?: true },
): void {
  const { plan, log } = podContainer;
  for (const port of plan.stimuli.datagramPorts.slice(0, PORTS)) {
    log.observe({ kind: "datagram-port", port, on: sockets.addressesOf(port, "udp"), ...when });
  }
}

/**
 * Tries ports again before the container is ended, since a port that was open at first may be closed by then.
 */
export async function tryPortsAgain(run: ContainerRun, tried: ReadonlySet<number>): Promise<void> {
  for (const port of tried) run.podContainer.log.observe({ ...(await tryPort(run, port)), end: true });
  lookAtDatagramPorts(run, { end: true });
}

async function tryPort({ podContainer: { plan }, sockets }: ContainerRun, port: number): Promise<PortEvent> {
  const [ipv4, ipv6, loopback] = await Promise.all([
    tryConnection(POD.ipv4, port),
    tryConnection(POD.ipv6, port),
    tryConnection("127.0.0.1", port),
  ]);
  const declared = plan.stimuli.ports.includes(port);
  return { kind: "port", port, declared, ipv4, ipv6, loopback, on: sockets.addressesOf(port) };
}

/** Runs declared probes, or only commands, with retries. */
export async function tryProbes(
  { podContainer: { plan, log }, container }: ContainerRun,
  which: RunOptions["probes"],
): Promise<readonly (HttpEvent | ProbeEvent)[]> {
  const outcomes: (HttpEvent | ProbeEvent)[] = [];
  const probes = plan.stimuli.probes.filter(({ does }) => which === "all" || "exec" in does);
  for (const probe of probes) outcomes.push(await outcomeOf(probe, container));
  for (const outcome of outcomes) log.observe(outcome);
  return outcomes;
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

/**
 * Requests `/`, health paths and the user's paths from ports: on the pod's addresses, or on 127.0.0.1 if none
 * is open to the outside.
 */
export async function askHttp(
  { podContainer }: ContainerRun,
  ports: readonly PortEvent[],
): Promise<readonly HttpEvent[]> {
  const { plan, log } = podContainer;
  const answers: HttpEvent[] = [];
  const open = ports.filter(({ ipv4, ipv6 }) => ipv4 === "open" || ipv6 === "open");
  const inside = ports.filter(({ loopback }) => loopback === "open");
  const asking = (open.length > 0 ? open : inside).slice(0, HTTP_PORTS).map(async ({ port, ipv4, ipv6 }) => {
    const scheme = isHttps(plan.stimuli, port) ? "https" : "http";
    const host = ipv6 === "open" ? "ipv6" : "loopback";
    const headers = ownHeaders(plan.stimuli, port);
    const probed = headersOfProbes(plan.stimuli, port);
    const at: HttpPort = { port, scheme, headers, probed, ...(ipv4 === "open" ? {} : { host }) };
    await discoverHttp(at, plan.stimuli, (event) => {
      answers.push(event);
      log.observe(event);
    });
  });
  await Promise.all(asking);
  return answers;
}

/** Headers of declared probes of a port, one entry for each Host that differs from that of other requests. */
function headersOfProbes({ probes, hosts }: RequestPlan, port: number): readonly HttpTarget["headers"][] {
  const own = hosts.find((one) => one.port === port)?.host ?? "";
  const named = probes.flatMap(({ does }): readonly (readonly [string, HttpTarget["headers"]])[] => {
    if (!("http" in does) || does.http.port !== port) return [];
    const { headers } = does.http;
    const [host = ""] = headers["Host"] ?? [];
    return host === own ? [] : [[host, headers]];
  });
  return [...new Map(named).values()];
}

function isHttps({ probes }: RequestPlan, port: number): boolean {
  return probes.some(({ does }) => "http" in does && does.http.port === port && does.http.scheme === "https");
}
