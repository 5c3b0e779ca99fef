import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { OwnService } from "../../trial/trial-options.ts";
import { selects, targetsOf } from "./called-ports.ts";
import type { HeadlessService, NamespaceObjects } from "./namespace-objects.ts";

/** Maximum number of Services of a pod that the trial answers, and of ports of each. */
const [SERVICES, PORTS] = [20, 20];

/**
 * Services that choose a workload's own pods: a call of such a Service by a container of the pod may reach
 * the pod itself. Services with a UDP or IPv6 address are left out, since the trial answers neither.
 */
export function ownServices(
  { services, headless }: Pick<NamespaceObjects, "services" | "headless">,
  { pod }: Pick<RawWorkload, "pod">,
): readonly OwnService[] {
  const isOwn = (one: HeadlessService): boolean =>
    one.ipv6 !== true && selects(one, pod.labels) && one.ports.every(({ protocol }) => protocol === "TCP");
  const flags = ({ publishesUnready }: HeadlessService): Pick<OwnService, "publishesUnready"> =>
    publishesUnready === undefined ? {} : { publishesUnready };
  return [
    ...services.filter(isOwn).map((one) => {
      const ports = targetsOf(one, pod.spec).map(({ port, to }) => ({ port, to }));
      return { name: one.name, address: one.address, ports: ports.slice(0, PORTS), ...flags(one) };
    }),
    ...headless.filter(isOwn).map((one) => ({ name: one.name, ports: [], ...flags(one) })),
  ].slice(0, SERVICES);
}
