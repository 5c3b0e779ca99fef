import type { ServiceFacts } from "../start/service-variables.ts";
import type { DependencyPlan } from "./plan/plan.ts";
import type { FakeDependency } from "./trial-options.ts";

type Forward = NonNullable<DependencyPlan["forwards"]>[number];

/** End of a Service's full name after that of its namespace. */
const OF_CLUSTER = /\.svc(?:\.cluster\.local)?$/;

/**
 * Ports of the Service with a dependency's name that lead to other ports of its pods: the application calls the
 * Service's port, the dependency listens on the port of its pods. A port on which the dependency itself listens is not
 * replaced.
 *
 * @param namespace namespace of the pod, in which a short name is looked up
 */
export function serviceForwards(
  { name, ports }: FakeDependency,
  services: readonly ServiceFacts[],
  namespace: string | undefined,
): readonly Forward[] {
  const wanted = serviceName(name.toLowerCase(), namespace);
  const service = services.find((one) => one.name === wanted);
  return (service?.ports ?? []).flatMap(({ port, protocol, targetPort = port }) => {
    const to = typeof targetPort === "number" ? targetPort : onlyOne(ports);
    if (protocol !== "TCP" || to === undefined || ports.includes(port) || !ports.includes(to)) return [];
    return [{ port, to }];
  });
}

/**
 * Only port of a list; undefined if there are none or several. A named targetPort is resolved only in this
 * way, since its name belongs to the pods of the cluster.
 */
function onlyOne([first, ...others]: readonly number[]): number | undefined {
  return others.length === 0 ? first : undefined;
}

/** Name of a Service without the namespace, if that is the pod's own: `db.shop.svc` → `db`. */
function serviceName(name: string, namespace: string | undefined): string {
  const [first = "", ...rest] = name.replace(OF_CLUSTER, "").split(".");
  return namespace !== undefined && rest.join(".") === namespace ? first : name;
}
