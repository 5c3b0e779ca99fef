import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "./kind.ts";

/** A host by which an Ingress or a route leads from outside the cluster to a Service. */
export interface RouteObject {
  readonly namespace?: string;
  /** Host name in lower case; its first label may be `*`. */
  readonly host: string;
  /** Name of the Service, in the namespace of the route. */
  readonly service: string;
  /** Number or name of the Service's port; absent if the route names none that is the Service's. */
  readonly port?: number | string;
}

type Backend = Pick<RouteObject, "service" | "port">;

/** Hosts and Services in one part of a route. */
interface Routed {
  readonly hosts: readonly unknown[];
  readonly backends: readonly (Backend | undefined)[];
}

/** Kinds of routes, with their API group. */
const ROUTES: ReadonlyMap<string, (spec: Mapping) => readonly Routed[]> = new Map([
  ["networking.k8s.io/Ingress", ofIngress],
  ["extensions/Ingress", ofIngress],
  ["gateway.networking.k8s.io/HTTPRoute", ofGatewayRoute],
  ["gateway.networking.k8s.io/GRPCRoute", ofGatewayRoute],
  ["projectcontour.io/HTTPProxy", ofProxy],
  ["traefik.io/IngressRoute", ofTraefik],
  ["traefik.containo.us/IngressRoute", ofTraefik],
  ["route.openshift.io/Route", ofOpenShift],
]);

/** Whether an object is of a kind that routeObjects() reads. */
export function isRoute(object: Pick<KubernetesObject, "apiVersion" | "kind">): boolean {
  return ROUTES.has(typeOf(object));
}

/** A host name, whose first label may be a wildcard; placeholders of templates are none. */
const HOST = /^(?:\*\.)?[a-z0-9][a-z0-9.-]*[a-z0-9]$/;
const LONGEST_HOST = 253;
/** Maximum number of hosts and Services of an object that are combined. */
const MOST = 200;

/** Hosts by which an object leads to Services of its namespace; none for other kinds. */
export function routeObjects(object: KubernetesObject): readonly RouteObject[] {
  const { metadata, spec } = object.value;
  const read = ROUTES.get(typeOf(object));
  if (read === undefined || !isMapping(spec)) return [];
  const namespace = isMapping(metadata) ? metadata["namespace"] : undefined;
  const own = typeof namespace === "string" ? { namespace } : {};
  const pairs = read(spec).flatMap(({ hosts, backends }) =>
    hosts
      .flatMap(hostOf)
      .flatMap((host) => backends.flatMap((one) => (one === undefined ? [] : [{ ...own, host, ...one }]))),
  );
  return pairs.slice(0, MOST);
}

function hostOf(value: unknown): readonly string[] {
  if (typeof value !== "string" || value.length > LONGEST_HOST) return [];
  const host = value.toLowerCase();
  return HOST.test(host) ? [host] : [];
}

/** Rules of an Ingress; `serviceName` and `servicePort` are fields of extensions/v1beta1. */
function ofIngress({ rules }: Mapping): readonly Routed[] {
  return itemsOf(rules).map(({ host, http }) => ({
    hosts: [host],
    backends: itemsOf(field(http, "paths")).map(({ backend }) => {
      const service = field(backend, "service");
      const port = field(service, "port");
      return backendOf(
        field(service, "name") ?? field(backend, "serviceName"),
        field(port, "number") ?? field(port, "name") ?? field(backend, "servicePort"),
      );
    }),
  }));
}

function ofGatewayRoute({ hostnames, rules }: Mapping): readonly Routed[] {
  const refs = itemsOf(rules).flatMap(({ backendRefs }) => itemsOf(backendRefs));
  const backends = refs.map(({ kind = "Service", namespace, name, port }) =>
    kind === "Service" && namespace === undefined ? backendOf(name, port) : undefined,
  );
  return [{ hosts: listOf(hostnames), backends }];
}

function ofProxy({ virtualhost, routes }: Mapping): readonly Routed[] {
  const services = itemsOf(routes).flatMap(({ services: all }) => itemsOf(all));
  return [
    {
      hosts: [field(virtualhost, "fqdn")],
      backends: services.map(({ name, port }) => backendOf(name, port)),
    },
  ];
}

/** Routes of Traefik, with the hosts of their rule: ``Host(`a.example`) && PathPrefix(`/`)``. */
function ofTraefik({ routes }: Mapping): readonly Routed[] {
  return itemsOf(routes).map(({ match, services }) => {
    const rule = typeof match === "string" ? match.slice(0, 2_000) : "";
    const quoted = [...rule.matchAll(/\bHost\(([^()]{1,600})\)/g)].flatMap(([, list = ""]) =>
      list.split(","),
    );
    return {
      hosts: quoted.map((host) => host.trim().replaceAll(/^[`'"]|[`'"]$/g, "")),
      backends: itemsOf(services).map(({ kind = "Service", namespace, name, port }) =>
        kind === "Service" && namespace === undefined ? backendOf(name, port) : undefined,
      ),
    };
  });
}

/** Route of OpenShift, whose port is one of the pods, not of the Service. */
function ofOpenShift({ host, to }: Mapping): readonly Routed[] {
  const kind = field(to, "kind") ?? "Service";
  return [
    { hosts: [host], backends: [kind === "Service" ? backendOf(field(to, "name"), undefined) : undefined] },
  ];
}

function backendOf(service: unknown, port: unknown): Backend | undefined {
  if (typeof service !== "string" || service === "") return undefined;
  return { service, ...(typeof port === "number" || typeof port === "string" ? { port } : {}) };
}

type Mapping = Readonly<Record<string, unknown>>;

function field(value: unknown, name: string): unknown {
  return isMapping(value) ? value[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function itemsOf(value: unknown): readonly Mapping[] {
  return listOf(value).filter(isMapping);
}
