import { canonicalJson } from "../../../json/canonical-json.ts";
import { callsDeclaredPorts, portsCalled, selects } from "../called-ports.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { DeclaredInput, InputPlace } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/**
 * Services beside the workload, one `service NAME` each: Services whose variables its containers get, and
 * Services that target its pod, with ports and address family.
 */
export function declaredServices(
  { workload }: InputPlace,
  { services }: Pick<NamespaceObjects, "services">,
): readonly Place[] {
  const { labels, spec } = workload.pod;
  const isLinked = spec.enableServiceLinks !== false;
  return services.flatMap((service): readonly Place[] => {
    const { name, ports, ipv6 = false } = service;
    const isCalling = selects(service, labels);
    if (!isLinked && !isCalling) return [];
    const variables = isLinked
      ? ports.map(({ name: own = "", port, protocol }) => [own, port, protocol])
      : null;
    const calls = isCalling ? [portsCalled(service, spec), ipv6] : null;
    const isSeenAlone = variables === null && callsDeclaredPorts(service, spec);
    const text = canonicalJson([variables, calls]);
    return [[`service ${name}`, { text, ...(isSeenAlone ? { isSeenAlone } : {}) }]];
  });
}
