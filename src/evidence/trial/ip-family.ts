import type { ServiceFacts } from "../../start/service-variables.ts";
import { selects } from "./called-ports.ts";

/**
 * Address family of a pod: IPv6 if every Service that targets the pod requires IPv6; undefined: the cluster's
 * default, which is unknown.
 */
export function ipFamily(
  services: readonly ServiceFacts[],
  labels: Readonly<Record<string, string>>,
): "IPv6" | undefined {
  const calling = services.filter((service) => selects(service, labels));
  return calling.length > 0 && calling.every(({ ipv6 }) => ipv6 === true) ? "IPv6" : undefined;
}
