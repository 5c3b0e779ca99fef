import { canonicalJson } from "../../../json/canonical-json.ts";
import { callsDeclaredPorts, portsCalled, selects, targetsOf } from "../called-ports.ts";
import { directPorts } from "../direct-ports.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { DeclaredInput, InputPlace } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/**
 * Services beside the workload, one `service NAME` each: Services whose variables its containers get, and
 * Services that target its pod, with ports and address family, headless Services included. `direct ports`: see
 * directPorts().
 */
export function declaredServices(
  { workload }: InputPlace,
  { services, headless, monitored }: Pick<NamespaceObjects, "services" | "headless" | "monitored">,
): readonly Place[] {
  const { labels, spec } = workload.pod;
  const hasLinks = spec.enableServiceLinks !== false;
  const names = new Set(services.map(({ name }) => name));
  const others = headless.filter(({ name }) => !names.has(name));
  const called = directPorts({ headless, monitored }, workload.pod);
  const direct: readonly Place[] =
    called.length === 0 ? [] : [["direct ports", { text: canonicalJson(called) }]];
  const beside = [...services, ...others].flatMap((service): readonly Place[] => {
    const { name, ports, ipv6 = false, publishesUnready } = service;
    const isLinked = hasLinks && names.has(name);
    const isCalling = selects(service, labels);
    if (!isLinked && !isCalling) return [];
    const variables = isLinked
      ? ports.map(({ name: own = "", port, protocol }) => [own, port, protocol])
      : null;
    // The kubelet's variables hold the Service's own ports. Without them, the ports are bound with their targets.
    const targets = isLinked ? portsCalled(service, spec) : targetsOf(service, spec);
    const unready = publishesUnready === undefined ? [] : [publishesUnready];
    const calls = isCalling ? [targets, ipv6, ...unready] : null;
    const isSeenAlone = variables === null && callsDeclaredPorts(service, spec);
    const text = canonicalJson([variables, calls]);
    return [[`service ${name}`, { text, ...(isSeenAlone ? { isSeenAlone } : {}) }]];
  });
  return [...beside, ...direct];
}
