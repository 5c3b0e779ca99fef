import { isIP } from "node:net";
import { formatPath, type Segment } from "../../contract/field-path.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { type Bearing, type FixedAddress, isLive } from "./related-object.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Maximum number of addresses reported per object. */
const MOST = 20;
/** Longest DNS name (RFC 1035). */
const LONGEST_NAME = 253;

/** Paths of fields with addresses of peers or of entry points, by kind; every item of a list is examined. */
const PLACES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Endpoints: [
    ["subsets", "addresses", "ip"],
    ["subsets", "notReadyAddresses", "ip"],
  ],
  "consul.hashicorp.com/ServiceDefaults": [["spec", "destination", "addresses"]],
  "discovery.k8s.io/EndpointSlice": [["endpoints", "addresses"]],
  "externaldns.k8s.io/DNSEndpoint": [["spec", "endpoints", "targets"]],
  "gateway.envoyproxy.io/Backend": [
    ["spec", "endpoints", "ip", "address"],
    ["spec", "endpoints", "fqdn", "hostname"],
  ],
  "gateway.networking.k8s.io/Gateway": [["spec", "addresses", "value"]],
  "kuma.io/MeshExternalService": [["spec", "endpoints", "address"]],
  "networking.istio.io/ServiceEntry": [
    ["spec", "addresses"],
    ["spec", "endpoints", "address"],
  ],
  "networking.istio.io/WorkloadEntry": [["spec", "address"]],
  "workload.linkerd.io/ExternalWorkload": [["spec", "workloadIPs", "ip"]],
};

/**
 * Fixed addresses in an object: of machines behind a name, or of an entry point. Undefined for other objects, and for
 * objects written by the cluster's own controller.
 */
export function addressesOf(object: KubernetesObject): Bearing | undefined {
  const type = typeOf(object);
  const paths = Object.hasOwn(PLACES, type) ? PLACES[type] : undefined;
  if (paths === undefined || isManaged(object.value)) return undefined;
  const isOfPods = isLive(object.value) ? (holder: Mapping) => isMapping(holder["targetRef"]) : () => false;
  const found = paths.flatMap((path) => [...textsAt(object.value, path, [], isOfPods)]);
  const addresses = found.flatMap(([path, text]) => addressOf(formatPath(path), text)).slice(0, MOST);
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}

/** Annotation of external-dns: addresses or names that a record of the DNS gets, separated by commas. */
const TARGET = "external-dns.alpha.kubernetes.io/target";

/** Addresses that external-dns is asked to publish for an object; undefined if there are none. */
export function publishedAddressesOf({ value }: KubernetesObject): Bearing | undefined {
  const target = valueAt(value, "metadata", "annotations", TARGET);
  const field = formatPath(["metadata", "annotations", TARGET]);
  const targets = typeof target === "string" ? target.split(",").slice(0, MOST) : [];
  const addresses = targets.flatMap((one) => addressOf(field, one.trim()));
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}

/**
 * Strings at a path.
 *
 * @param isOfPods whether a mapping contains addresses of pods, as a cluster's controller writes them
 */
function* textsAt(
  value: unknown,
  path: readonly string[],
  at: readonly Segment[],
  isOfPods: (holder: Mapping) => boolean,
): Generator<readonly [readonly Segment[], string]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsAt(item, path, [...at, index], isOfPods);
    return;
  }
  const [key, ...rest] = path;
  if (key === undefined) {
    if (typeof value === "string") yield [at, value];
    return;
  }
  if (isMapping(value) && !isOfPods(value)) yield* textsAt(value[key], rest, [...at, key], isOfPods);
}

/** Address in a field: an IP address, or a DNS name with a digit, which may encode an address. */
export function addressOf(field: string, address: unknown): readonly FixedAddress[] {
  if (typeof address !== "string" || address.length > LONGEST_NAME) return [];
  const mayEncode = /\d/.test(address) && /^[\w.-]+$/.test(address);
  return isIP(address) !== 0 || mayEncode ? [{ field, address }] : [];
}

/** Whether the object is written by the cluster's own controller, for a Service with a selector. */
function isManaged(value: Mapping): boolean {
  if (!isLive(value)) return false;
  const by = valueAt(value, "metadata", "labels", "endpointslice.kubernetes.io/managed-by");
  return typeof by === "string" && by.startsWith("endpointslice-controller");
}

export function fixedAddresses(addresses: readonly FixedAddress[]): readonly RelatedEffect[] {
  return addresses.map((one) => ({ is: "address", ...one }));
}
