import type { TrialFacts } from "../contract/trial-facts.ts";
import { isLoopback } from "./listen-address.ts";
import { type Observed, observed } from "./observed.ts";
import { type PhaseRun, phaseRun, worked } from "./phase-run.ts";

/** Reachability of a port, by TCP, or by UDP (`datagram`). */
export type Reach = { readonly datagram?: true } & ReachOfPort;

type ReachOfPort =
  /**
   * A port open until the end of every phase on 0.0.0.0 or ::, or on each address of the pod. `ipv6`: on IPv6
   * addresses only.
   */
  | {
      readonly kind: "open";
      readonly port: number;
      readonly address: string;
      readonly ipv6: boolean;
      /** Set if the port is bound on IPv4 addresses only. */
      readonly ipv4Alone?: true;
    }
  /**
   * Port that is reachable only from inside the pod, or only on the pod's own address; `moved`: it was
   * reachable before.
   */
  | {
      readonly kind: "closed";
      readonly port: number;
      readonly addresses: readonly string[];
      readonly loopback: boolean;
      readonly moved: boolean;
    }
  /** A port closed again before the container was ended. */
  | { readonly kind: "shut"; readonly port: number }
  | { readonly kind: "nobody"; readonly port: number }
  /** Port whose listeners contradict its answers. */
  | { readonly kind: "unclear"; readonly port: number }
  /** A port, open at first, without an observation at the end of a phase. */
  | { readonly kind: "unended"; readonly port: number };

const ANY = new Set(["0.0.0.0", "::"]);
const PHASES = ["read-only", "writable", "restart"] as const;

/** Listeners and answers before any restart. */
function seenPorts(trial: TrialFacts): readonly PhaseRun["observations"][number][] {
  return (["read-only", "writable"] as const).flatMap((name) => phaseRun(trial, name).observations);
}

/** Ports with a listener. */
export function listenedPorts(
  trial: TrialFacts,
  protocols: readonly Observed<"listener">["protocol"][] = ["tcp", "udp"],
): readonly number[] {
  const ports = observed(seenPorts(trial), "listener")
    .filter(({ protocol }) => protocols.includes(protocol))
    .map(({ port }) => port);
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

/** Ports with a UDP socket on every address; openness cannot be tested from outside. */
export function datagramPorts(trial: TrialFacts): readonly Observed<"listener">[] {
  return observed(seenPorts(trial), "listener").filter(
    ({ protocol, address }) => protocol === "udp" && ANY.has(address),
  );
}

/**
 * Reachability of a TCP port, over all phases in which the application worked and a process listened on the
 * port.
 */
export function reachOf(trial: TrialFacts, port: number): Reach {
  const runs = PHASES.map((name) => phaseRun(trial, name));
  const looks = runs
    .filter(worked)
    .map((run) => lookAt(run, port))
    .filter((look) => look.heard);
  const [first] = looks;
  // An application that never worked cannot show a restart.
  if (first === undefined || !runs.slice(0, 2).some(worked)) return unheard(trial, port);
  const refuting = looks.find(({ reach }) => reach.kind === "closed" || reach.kind === "shut");
  return (refuting ?? looks.find(({ reach }) => reach.kind !== "open") ?? first).reach;
}

/**
 * Reachability of a UDP port by its bound addresses, over all phases in which the application worked and had
 * a socket on the port; UDP cannot be tested from outside.
 */
export function datagramReachOf(trial: TrialFacts, port: number): Reach {
  const looks = PHASES.map((name) => phaseRun(trial, name))
    .filter(worked)
    .map(({ observations }) => datagramLook(observations, port));
  const found = looks.filter(({ kind }) => kind !== "nobody");
  return found.find(({ kind }) => kind !== "open") ?? found[0] ?? { kind: "nobody", port, datagram: true };
}

function datagramLook(observations: PhaseRun["observations"], port: number): Reach {
  const looks = observed(observations, "datagram-port").filter((one) => one.port === port);
  const end = looks.findLast((one) => one.end === true);
  const on = end?.on ?? [];
  const before = looks.filter((one) => one.end !== true).flatMap((one) => one.on);
  if (end === undefined && before.length > 0) return { kind: "unended", port, datagram: true };
  if (on.length === 0) return { kind: before.length > 0 ? "shut" : "nobody", port, datagram: true };
  const address = everyAddress(on);
  if (address !== undefined)
    return { kind: "open", port, address, ipv6: isIpv6Alone(on), ...ofIpv4(on), datagram: true };
  const moved = everyAddress(before) !== undefined;
  return { kind: "closed", port, addresses: on, loopback: on.every(isLoopback), moved, datagram: true };
}

/**
 * Whether only IPv6 is served. A socket on :: counts for both families, Linux' default; IPV6_V6ONLY is not
 * visible.
 */
function isIpv6Alone(addresses: readonly string[]): boolean {
  return !addresses.includes("::") && addresses.every((one) => one.includes(":"));
}

function ofIpv4(addresses: readonly string[]): { readonly ipv4Alone?: true } {
  return addresses.some((one) => one.includes(":")) ? {} : { ipv4Alone: true };
}

/**
 * Reachability of a port that never worked: the application may have ended early, or answered without a
 * visible listener.
 */
function unheard(trial: TrialFacts, port: number): Reach {
  const seen = seenPorts(trial);
  const addresses = addressesIn(seen, port);
  const tried = observed(seen, "port").filter((one) => one.port === port);
  if (addresses.length > 0 && everyAddress(addresses) === undefined) {
    return { kind: "closed", port, addresses, loopback: addresses.every(isLoopback), moved: false };
  }
  return { kind: addresses.length > 0 || tried.some(answers) ? "unclear" : "nobody", port };
}

function lookAt(
  { observations }: PhaseRun,
  port: number,
): { readonly heard: boolean; readonly reach: Reach } {
  const tried = observed(observations, "port").filter((one) => one.port === port);
  const end = tried.findLast((one) => one.end === true);
  const listened = addressesIn(observations, port);
  // Older trials recorded listeners only once.
  const on = end?.on ?? listened;
  const heard = listened.length > 0 || tried.some((one) => (one.on ?? []).length > 0);
  const wasOpen = tried.some((one) => one.end !== true && isOpen(one));
  if (on.length === 0) {
    // Another container of the pod listened on the port, and ended before the tables were read.
    const isUnclear = end !== undefined && isOpen(end);
    const after = end === undefined ? "unended" : "shut";
    return { heard, reach: { kind: isUnclear ? "unclear" : wasOpen ? after : "nobody", port } };
  }
  const address = everyAddress(on);
  if (address === undefined) {
    const moved = everyAddress(listened) !== undefined;
    return { heard, reach: { kind: "closed", port, addresses: on, loopback: on.every(isLoopback), moved } };
  }
  if (end === undefined) return { heard, reach: { kind: wasOpen ? "unended" : "unclear", port } };
  if (!isOpen(end)) return { heard, reach: { kind: "unclear", port } };
  return {
    heard,
    reach: { kind: "open", port, address, ipv6: end.ipv4 !== "open", ...ofIpv4(on) },
  };
}

/**
 * Address that stands for all addresses: 0.0.0.0 or ::, or all addresses of a pod bound one by one, as BIND
 * and ntpd do. A pod has one address per family besides loopback.
 */
function everyAddress(addresses: readonly string[]): string | undefined {
  const any = addresses.find((one) => ANY.has(one));
  if (any !== undefined) return any;
  const [ipv4, ipv6] = [false, true].map((isIpv6) => addresses.filter((one) => one.includes(":") === isIpv6));
  if (isBoth(ipv4)) return "0.0.0.0";
  return isBoth(ipv6) ? "::" : undefined;
}

function isBoth(addresses: readonly string[] = []): boolean {
  return addresses.some(isLoopback) && addresses.some((one) => !isLoopback(one) && !one.startsWith("fe80:"));
}

function addressesIn(observations: PhaseRun["observations"], port: number): readonly string[] {
  const own = observed(observations, "listener").filter((one) => one.protocol === "tcp" && one.port === port);
  return [...new Set(own.map(({ address }) => address))];
}

function isOpen({ ipv4, ipv6 }: Observed<"port">): boolean {
  return ipv4 === "open" || ipv6 === "open";
}

function answers(tried: Observed<"port">): boolean {
  return isOpen(tried) || tried.loopback === "open";
}
