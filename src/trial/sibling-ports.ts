import type { RawTrial, TrialObservation } from "../contract/trial-facts.ts";
import type { ContainerOptions } from "./trial-options.ts";

/** Another container of the pod with its observations. */
interface Beside extends Pick<ContainerOptions, "name" | "ports" | "hint"> {
  readonly observations: readonly TrialObservation[];
}

const ANY: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * Ports of other containers at which the pod is reachable: declared by their manifest (EXPOSE does not
 * count), and open at the end of each of their phases.
 */
export function siblingPorts(others: readonly Beside[]): Pick<RawTrial, "openBeside"> {
  const open = others.flatMap(({ name, ports, hint, observations }) =>
    hint === true
      ? []
      : ports.filter((port) => isOpen(port, observations)).map((port) => ({ container: name, port })),
  );
  return open.length === 0 ? {} : { openBeside: open };
}

function isOpen(port: number, observations: readonly TrialObservation[]): boolean {
  const ends = observations
    .filter((one) => one.kind === "port")
    .filter((one) => one.port === port && one.end === true && one.phase !== "replica");
  return (
    ends.length > 0 &&
    ends.every(
      ({ ipv4, ipv6, on = [] }) =>
        (ipv4 === "open" || ipv6 === "open") && on.some((address) => ANY.has(address)),
    )
  );
}
