import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import { isSidecar } from "../../contract/sidecars.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { serviceObject } from "../objects/pod-objects.ts";
import { addressOf } from "./fixed-addresses.ts";
import { type AffinityRequest, type Bearing, isLive, textsIn } from "./related-object.ts";
import { serviceOfHost } from "./service-host.ts";
import { affinityMarks } from "./session-affinity.ts";

type Mapping = Readonly<Record<string, unknown>>;
type Service = Extract<Bearing, { readonly kind: "service" }>;

/** Maximum number of addresses reported per object. */
const MOST = 20;

/**
 * Facts of a Service; undefined for other objects, and for a Service that calls no pods, gives pods no
 * variables and fixes no address.
 */
export function serviceOf(object: KubernetesObject): Service | undefined {
  const { metadata, spec } = object.value;
  if (typeOf(object) !== "Service" || !isMapping(spec)) return undefined;
  const { selector, type } = spec;
  const calls = isMapping(selector) && Object.keys(selector).length > 0 && type !== "ExternalName";
  const addresses = addressesIn(object.value, spec).flatMap(([field, address]) => addressOf(field, address));
  const service = serviceObject(object);
  const { externalName } = spec;
  const host = type === "ExternalName" && typeof externalName === "string" ? externalName : undefined;
  const leadsTo = host === undefined ? undefined : serviceOfHost(host);
  const isOfNobody = !calls && service === undefined && host === undefined;
  if (isOfNobody && addresses.length === 0) return undefined;
  const affinity = [...affinityMarks(metadata), ...clientAffinity(spec)];
  return {
    kind: "service",
    service,
    ...(calls ? { selector } : {}),
    addresses: addresses.slice(0, MOST),
    affinity,
    isHeadless: spec["clusterIP"] === "None",
    ...(leadsTo === undefined ? {} : { leadsTo }),
    ...(host === undefined ? {} : { externalName: host }),
  };
}

function clientAffinity({ sessionAffinity }: Mapping): readonly AffinityRequest[] {
  if (sessionAffinity !== "ClientIP") return [];
  return [{ field: "spec.sessionAffinity", value: sessionAffinity, by: "client" }];
}

/** Fields of a Service that hold an address. */
function addressesIn(
  value: Mapping,
  { type, externalName, externalIPs, clusterIP, clusterIPs, loadBalancerIP }: Mapping,
): readonly (readonly [string, unknown])[] {
  const listed = (name: string, list: unknown) =>
    (textsIn(list) ?? []).map((ip, index) => [`spec.${name}[${index}]`, ip] as const);
  const chosen = [["spec.clusterIP", clusterIP] as const, ...listed("clusterIPs", clusterIPs)];
  return [
    ...(type === "ExternalName" ? [["spec.externalName", externalName] as const] : []),
    // A cluster adds its own address to exported objects. The first address of the list equals the single
    // address.
    ...(isLive(value)
      ? []
      : chosen.filter(([field, ip]) => field !== "spec.clusterIPs[0]" || ip !== clusterIP)),
    ...listed("externalIPs", externalIPs),
    ["spec.loadBalancerIP", loadBalancerIP],
  ];
}

/** Labels of a revision that controllers add to all its pods, with values that no manifest contains. */
const OF_REVISION: ReadonlySet<string> = new Set([
  "controller-revision-hash",
  "pod-template-hash",
  "rollouts-pod-template-hash",
]);

/** Whether a Service calls the pods of a workload, or of one of its revisions. */
export function selectsPods(selector: Mapping, { pod }: RawWorkload): boolean {
  const entries = Object.entries(selector);
  const known = entries.filter(([key]) => !OF_REVISION.has(key) || Object.hasOwn(pod.labels, key));
  return known.length > 0 && known.every(([key, value]) => pod.labels[key] === value);
}

/** Requests of a Service itself; kube-proxy does not serve a headless one. */
export function serviceAffinity({ selector, affinity, isHeadless }: Service): readonly RelatedEffect[] {
  if (selector === undefined) return [];
  const binds = isHeadless ? "nothing" : "these-pods";
  return affinity.map((one) => ({ is: "affinity", ...one, binds }));
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

export function isSameNamespace(one: RawWorkload, other: RawWorkload): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}

/**
 * Whether a container has the port, as for endpoints (FindPort): by name and protocol, among containers that
 * keep running.
 */
function hasPort({ pod: { spec } }: RawWorkload, name: string, protocol: string): boolean {
  const lasting: readonly ContainerFacts[] = [...spec.containers, ...spec.initContainers.filter(isSidecar)];
  return lasting.some(({ ports = [] }) =>
    ports.some((one) => one.name === name && (one.protocol ?? "TCP") === protocol),
  );
}
