import type { ServiceFacts } from "../../start/service-variables.ts";

/** The address family by which a pod is reached, where every Service that calls it says IPv6; undefined: that of the cluster, which nobody knows. */
export function ipFamily(
  services: readonly ServiceFacts[],
  labels: Readonly<Record<string, string>>,
): "IPv6" | undefined {
  const calling = services.filter(({ selector }) => selector !== undefined && selects(selector, labels));
  return calling.length > 0 && calling.every(({ ipv6 }) => ipv6 === true) ? "IPv6" : undefined;
}

function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(
    ([name, value]) => Object.hasOwn(labels, name) && labels[name] === value,
  );
}
