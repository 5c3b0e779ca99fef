import type { TrialFacts } from "../../contract/trial-facts.ts";
import { isLoopback } from "../start/listen-address.ts";
import { type Observed, observed } from "./observed.ts";
import { type PhaseRun, phaseRun } from "./phase-run.ts";

/** From where a port can be reached. */
export type Reach =
  /** Open on 0.0.0.0 or ::. `ipv6`: on IPv6 addresses only. */
  | { readonly is: "open"; readonly port: number; readonly address: string; readonly ipv6: boolean }
  /** From inside the pod only, or on the pod's own address alone. */
  | {
      readonly is: "closed";
      readonly port: number;
      readonly addresses: readonly string[];
      readonly loopback: boolean;
    }
  | { readonly is: "nobody"; readonly port: number }
  /** What listens and what answers do not agree. */
  | { readonly is: "unclear"; readonly port: number };

const ANY = new Set(["0.0.0.0", "::"]);

/** What listened and answered before anything was restarted. */
function seenPorts(trial: TrialFacts): readonly PhaseRun["observations"][number][] {
  return (["read-only", "writable"] as const).flatMap((name) => phaseRun(trial, name).observations);
}

/** Ports that something listened on. */
export function listenedPorts(trial: TrialFacts): readonly number[] {
  const ports = observed(seenPorts(trial), "listener").map(({ port }) => port);
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

/** From where this port was reached, in the best of the two first runs. */
export function reachOf(trial: TrialFacts, port: number): Reach {
  const seen = seenPorts(trial);
  const listeners = observed(seen, "listener").filter((one) => one.port === port);
  const tried = observed(seen, "port").filter((one) => one.port === port);
  const any = listeners.find(({ address }) => ANY.has(address));
  if (any !== undefined) return openOr(any, tried);
  if (listeners.length === 0) {
    const answered = tried.some(({ ipv4, ipv6, loopback }) => [ipv4, ipv6, loopback].includes("open"));
    return { is: answered ? "unclear" : "nobody", port };
  }
  const addresses = [...new Set(listeners.map(({ address }) => address))];
  return { is: "closed", port, addresses, loopback: addresses.every(isLoopback) };
}

function openOr(
  { port, address, protocol }: Observed<"listener">,
  tried: readonly Observed<"port">[],
): Reach {
  // Nobody can tell from outside whether a UDP port is open.
  if (protocol === "udp") return { is: "open", port, address, ipv6: false };
  if (tried.some(({ ipv4 }) => ipv4 === "open")) return { is: "open", port, address, ipv6: false };
  if (tried.some(({ ipv6 }) => ipv6 === "open")) return { is: "open", port, address, ipv6: true };
  return { is: "unclear", port };
}
