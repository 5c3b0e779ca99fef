import { excerpt } from "../../../contract/shown.ts";
import type { RawTrial, Reservation } from "../../../contract/trial-facts.ts";
import type { ServiceFacts } from "../../../start/service-variables.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { InputPlace } from "./declared-input.ts";

/** End of a Service's full name, after its namespace. */
const OF_CLUSTER = /\.svc(?:\.cluster\.local)?$/;

/**
 * Dependency that the application called at a port which the Service of its name lacks: in the cluster,
 * nothing listens there. In the trial, the name leads to the dependency itself, with all of its ports.
 */
export function unservedPorts(
  { workload: { namespace } }: Pick<InputPlace, "workload">,
  { services }: Pick<NamespaceObjects, "services">,
  { observations }: Pick<RawTrial, "observations">,
): readonly Reservation[] {
  if (services.length === 0) return [];
  const byName = new Map(services.map((service) => [service.name, service]));
  const found = observations.flatMap((one) => {
    if (one.kind !== "connect" || one.dependency === undefined) return [];
    const service = byName.get(serviceName(one.dependency, namespace));
    return service === undefined || hasPort(service, one) ? [] : [{ name: service.name, port: one.port }];
  });
  const [first] = found;
  return first === undefined ? [] : [unserved(first)];
}

/**
 * Name of the Service that a dependency of this name replaces: `db.shop.svc` → `db` in the namespace shop.
 */
function serviceName(dependency: string, namespace: string | undefined): string {
  const short = dependency.replace(OF_CLUSTER, "");
  const [name = "", ...rest] = short.split(".");
  return namespace !== undefined && rest.join(".") === namespace ? name : short;
}

function hasPort(
  { ports }: ServiceFacts,
  { port, protocol }: { readonly port: number; readonly protocol: string },
): boolean {
  return ports.some((one) => one.port === port && one.protocol.toLowerCase() === protocol);
}

function unserved({ name, port }: { readonly name: string; readonly port: number }): Reservation {
  const shown = excerpt(name);
  return {
    fr: `l'application a appelé la dépendance ${shown} au port ${port}, que le Service ${shown} n'ouvre pas : dans le cluster, rien n'y répond`,
    en: `the application called the dependency ${shown} at port ${port}, which the Service ${shown} does not open: in the cluster, nothing answers there`,
    settle: {
      fr: `Ouvrir ce port dans le Service ${shown} (ports[].port), ou appeler celui qu'il ouvre, puis refaire l'essai.`,
      en: `Open this port in the Service ${shown} (ports[].port), or call the one that it opens, then try again.`,
    },
  };
}
