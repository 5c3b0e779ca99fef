import type { ServiceFacts } from "../../start/service-variables.ts";
import { selects } from "./called-ports.ts";

/** The address family by which a pod is reached, where every Service that calls it says IPv6; undefined: that of the cluster, which nobody knows. */
export function ipFamily(
  services: readonly ServiceFacts[],
  labels: Readonly<Record<string, string>>,
): "IPv6" | undefined {
  const calling = services.filter((service) => selects(service, labels));
  return calling.length > 0 && calling.every(({ ipv6 }) => ipv6 === true) ? "IPv6" : undefined;
}
