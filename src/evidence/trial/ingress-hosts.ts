import type { PortHost } from "../../contract/trial-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { portsCalled, selects } from "./called-ports.ts";
import type { NamespaceObjects } from "./namespace-objects.ts";

/** Maximum number of ports with a host. */
const MOST = 20;
/** Label that replaces a wildcard; any label would do. */
const ANY_LABEL = "www";

/**
 * Host by which users call each TCP port of a pod: of the Ingresses and routes that lead to the port, the
 * first host without a wildcard, otherwise the first host. Sorted by port.
 */
export function ingressHosts(
  { hosts }: Pick<NamespaceObjects, "hosts">,
  { pod }: Pick<RawWorkload, "pod">,
): readonly PortHost[] {
  const byPort = new Map<number, string>();
  const plain = hosts.filter(({ host }) => !isWildcard(host));
  for (const one of [...plain, ...hosts.filter(({ host }) => isWildcard(host))]) {
    if (!selects(one, pod.labels)) continue;
    for (const { port, protocol } of portsCalled(one, pod.spec)) {
      if (protocol === "TCP" && !byPort.has(port)) byPort.set(port, one.host.replace("*", ANY_LABEL));
    }
  }
  return [...byPort]
    .toSorted(([a], [b]) => a - b)
    .slice(0, MOST)
    .map(([port, host]) => ({ port, host }));
}

function isWildcard(host: string): boolean {
  return host.startsWith("*");
}
