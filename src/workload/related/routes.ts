import { formatPath, type Segment } from "../../contract/field-path.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import type { Bearing, RoutedAffinity, ServiceReference } from "./related-object.ts";
import { affinityField, affinityMarks } from "./session-affinity.ts";

/** Kinds and groups that route requests to Services. */
const ROUTING: ReadonlySet<string> = new Set([
  "apisix.apache.org",
  "argoproj.io/Rollout",
  "cloud.google.com/BackendConfig",
  "configuration.konghq.com",
  "extensions/Ingress",
  "flagger.app/Canary",
  "gateway.envoyproxy.io",
  "gateway.networking.k8s.io",
  "gateway.networking.x-k8s.io",
  "getambassador.io",
  "k8s.nginx.org",
  "networking.gke.io",
  "networking.istio.io/DestinationRule",
  "networking.k8s.io/Ingress",
  "projectcontour.io",
  "route.openshift.io",
  "traefik.containo.us",
  "traefik.io",
]);

/** Depth of an object that is searched. */
const DEPTH = 12;
/** Maximum number of requests reported per object. */
const MOST = 5;

/** Object that requests sending one client's requests to the same pod; undefined for other objects. */
export function routeOf(object: KubernetesObject): Bearing | undefined {
  if (!ROUTING.has(typeOf(object)) && !ROUTING.has(groupOf(object))) return undefined;
  const { metadata, spec } = object.value;
  const all = servicesIn(spec, "spec", DEPTH);
  const marks = affinityMarks(metadata).map((one) => ({ ...one, services: all }));
  const found = [...marks, ...fieldsIn(spec, ["spec"], all, DEPTH)];
  const workload = routedWorkload(object);
  const requests = found.slice(0, MOST).map((one) => (workload === undefined ? one : { ...one, workload }));
  return requests.length === 0 ? undefined : { kind: "route", requests };
}

/** Workload to whose pods a Rollout or a Canary leads; undefined for other routes, which name Services. */
function routedWorkload(object: KubernetesObject): RoutedAffinity["workload"] {
  const { metadata, spec } = object.value;
  const target = valueAt(spec, typeOf(object) === "flagger.app/Canary" ? "targetRef" : "workloadRef");
  const isRollout = typeOf(object) === "argoproj.io/Rollout";
  const [kind, name] =
    isRollout && !isMapping(target)
      ? ["Rollout", valueAt(metadata, "name")]
      : [valueAt(target, "kind"), valueAt(target, "name")];
  return typeof kind === "string" && typeof name === "string" ? { kind, name } : undefined;
}

/** @param services Services of the nearest enclosing part of the object that names any */
function* fieldsIn(
  value: unknown,
  path: readonly Segment[],
  services: readonly ServiceReference[],
  depth: number,
): Generator<RoutedAffinity> {
  if (depth === 0) return;
  if (Array.isArray(value)) {
    const holder = String(path.at(-1));
    for (const [index, item] of value.entries()) {
      const own = servicesIn([item], holder, depth);
      yield* fieldsIn(item, [...path, index], own.length > 0 ? own : services, depth - 1);
    }
    return;
  }
  if (!isMapping(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const by = affinityField(key, inner);
    const at = [...path, key];
    if (by === undefined) yield* fieldsIn(inner, at, services, depth - 1);
    else yield { field: formatPath(at), value: typeof inner === "string" ? inner : "", by, services };
  }
}

/** Lists whose items name Services. */
const LISTS: ReadonlySet<string> = new Set(["backendRefs", "services", "targetRefs", "weightedServices"]);
/** Fields that contain, or name, a single Service. */
const FIELDS: ReadonlySet<string> = new Set(["host", "service", "serviceName", "targetRef", "to"]);

/** Services that a route names below a value. @param key name of the field that holds the value */
export function servicesIn(value: unknown, key: string, depth: number): readonly ServiceReference[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item) => [
      ...(LISTS.has(key) ? named(item) : []),
      ...(isMapping(item) ? servicesIn(item, "", depth - 1) : []),
    ]);
  }
  if (FIELDS.has(key)) return named(value);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([inner, one]) => servicesIn(one, inner, depth - 1));
}

/** Reference of a text (`web`, `web.shop.svc.cluster.local`, `http://web:80`) or of a mapping with a name. */
function named(value: unknown): readonly ServiceReference[] {
  if (isMapping(value)) {
    const { kind = "Service", name, namespace } = value;
    if (kind !== "Service" || typeof name !== "string") return [];
    return [{ name, ...(typeof namespace === "string" ? { namespace } : {}) }];
  }
  if (typeof value !== "string") return [];
  const [name = "", namespace] = value
    .replace(/^https?:\/\//, "")
    .replace(/:\d+$/, "")
    .split(".");
  return /^[a-z0-9-]+$/.test(name) ? [{ name, ...(namespace === undefined ? {} : { namespace }) }] : [];
}
