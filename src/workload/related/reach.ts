import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { serviceObject } from "../objects/pod-objects.ts";
import { type Bearing, type FixedAddress, mappingsIn, textsIn, valueAt } from "./related-object.ts";

type Mapping = Readonly<Record<string, unknown>>;
type Service = Extract<Bearing, { readonly is: "service" }>;

/** Most addresses reported per object. */
const MOST = 20;
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,40})$/i;

/** Services, and objects with the addresses behind one; undefined for other objects. */
export function reachOf(object: KubernetesObject): Bearing | undefined {
  const { value } = object;
  switch (typeOf(object)) {
    case "Service":
      return serviceOf(object);
    case "Endpoints":
      return fixed(mappingsIn(value["subsets"]).flatMap(subsetAddresses));
    case "discovery.k8s.io/EndpointSlice":
      return isManaged(value) ? undefined : fixed(mappingsIn(value["endpoints"]).flatMap(endpointAddresses));
    default:
      return undefined;
  }
}

/**
 * Facts of a Service; undefined if there is nothing to judge: its ports are numbers, its addresses the
 * cluster's.
 */
function serviceOf(object: KubernetesObject): Service | undefined {
  const { spec } = object.value;
  if (!isMapping(spec)) return undefined;
  const { selector, type, externalName, externalIPs } = spec;
  const calls = isMapping(selector) && Object.keys(selector).length > 0 && type !== "ExternalName";
  const listed = (textsIn(externalIPs) ?? []).map((ip, index) => [`spec.externalIPs[${index}]`, ip] as const);
  const addresses = [
    ...(type === "ExternalName" ? [["spec.externalName", externalName] as const] : []),
    // A cluster adds its own address to exported objects.
    ...(isLive(object.value) ? [] : [["spec.clusterIP", spec["clusterIP"]] as const]),
    ...listed,
    ["spec.loadBalancerIP", spec["loadBalancerIP"]] as const,
  ];
  const service = serviceObject(object);
  const found = addresses.flatMap(([field, address]) => addressOf(field, address)).slice(0, MOST);
  const isNamed = service?.ports.some(({ targetPort }) => typeof targetPort === "string") === true;
  if (found.length === 0 && !isNamed) return undefined;
  return { is: "service", service, ...(calls ? { selector } : {}), addresses: found };
}

function fixed(addresses: readonly FixedAddress[]): Bearing | undefined {
  return addresses.length === 0 ? undefined : { is: "addresses", addresses: addresses.slice(0, MOST) };
}

/** Addresses of a subset, except those of pods, which a controller writes and names. */
function subsetAddresses({ addresses }: Mapping, index: number): readonly FixedAddress[] {
  return mappingsIn(addresses).flatMap(({ ip, targetRef }, at) =>
    isMapping(targetRef) ? [] : addressOf(`subsets[${index}].addresses[${at}].ip`, ip),
  );
}

function endpointAddresses({ addresses, targetRef }: Mapping, index: number): readonly FixedAddress[] {
  if (isMapping(targetRef)) return [];
  return (textsIn(addresses) ?? []).flatMap((ip, at) =>
    addressOf(`endpoints[${index}].addresses[${at}]`, ip),
  );
}

function addressOf(field: string, address: unknown): readonly FixedAddress[] {
  return typeof address === "string" && IP.test(address) ? [{ field, address }] : [];
}

function isLive(value: Mapping): boolean {
  return typeof valueAt(value, "metadata", "uid") === "string";
}

/** Whether the object is written by the cluster's own controller, for a Service with a selector. */
function isManaged(value: Mapping): boolean {
  const by = valueAt(value, "metadata", "labels", "endpointslice.kubernetes.io/managed-by");
  return typeof by === "string" && by.startsWith("endpointslice-controller");
}

export function fixedAddresses(addresses: readonly FixedAddress[]): readonly RelatedEffect[] {
  return addresses.map((one) => ({ is: "address", ...one }));
}

/** Whether a Service calls the pods of a workload. */
export function selectsPods(selector: Mapping, { pod }: RawWorkload): boolean {
  return Object.entries(selector).every(([key, value]) => pod.labels[key] === value);
}

/** Names of ports that a Service targets and that no container of the selected workloads has. */
export function missingPorts(
  { service, selector }: Service,
  facts: RawWorkload,
  all: readonly RawWorkload[],
): readonly RelatedEffect[] {
  if (service === undefined || selector === undefined || facts.lifetime === "batch") return [];
  const called = all.filter((one) => isSameNamespace(one, facts) && selectsPods(selector, one));
  const missing = service.ports.flatMap(({ targetPort, protocol }) => {
    if (typeof targetPort !== "string") return [];
    return called.some((one) => hasPort(one, targetPort, protocol)) ? [] : [targetPort];
  });
  return missing.length === 0 ? [] : [{ is: "service", missingPorts: [...new Set(missing)] }];
}

function isSameNamespace(one: RawWorkload, other: RawWorkload): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}

/**
 * Whether a container has the port, as for endpoints (FindPort): by name and protocol, among containers that
 * keep running.
 */
function hasPort({ pod: { spec } }: RawWorkload, name: string, protocol: string): boolean {
  const lasting: readonly ContainerFacts[] = [
    ...spec.containers,
    ...spec.initContainers.filter(({ restartPolicy }) => restartPolicy === "Always"),
  ];
  return lasting.some(({ ports = [] }) =>
    ports.some((one) => one.name === name && (one.protocol ?? "TCP") === protocol),
  );
}
