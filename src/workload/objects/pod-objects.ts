import { isPort } from "../../start/declared-ports.ts";
import type { ServiceFacts, ServicePort } from "../../start/service-variables.ts";
import { isMapping } from "../decode/collections.ts";
import type { KubernetesObject } from "./kind.ts";

interface Named {
  readonly namespace?: string;
  readonly name: string;
}

/** A ServiceAccount of the manifests. */
export interface AccountObject extends Named {
  /** Whether pods that do not set this themselves get the account's token. */
  readonly automountServiceAccountToken?: boolean;
}

/** A Service of the manifests. */
export interface ServiceObject
  extends Named,
    Pick<ServiceFacts, "ports" | "selector" | "ipv6" | "publishesUnready"> {
  /** Set if the Service has no address of its own: its name leads to the pods' addresses. */
  readonly headless?: true;
  /** Labels of the Service itself, by which a ServiceMonitor chooses it; absent if it has none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export function accountObject(object: KubernetesObject): AccountObject | undefined {
  const named = nameOf(object, "ServiceAccount");
  if (named === undefined) return undefined;
  const automount = object.value["automountServiceAccountToken"];
  return { ...named, ...(typeof automount === "boolean" ? { automountServiceAccountToken: automount } : {}) };
}

/**
 * @returns undefined for other kinds, and for a Service without an address (headless, or an external name)
 */
export function serviceObject(object: KubernetesObject): ServiceObject | undefined {
  const spec = object.value["spec"];
  return isMapping(spec) && spec["clusterIP"] === "None" ? undefined : backendObject(object);
}

/**
 * Service with ports to which an Ingress may lead. Headless Services are included, since Ingresses call the
 * pods.
 */
export function backendObject(object: KubernetesObject): ServiceObject | undefined {
  const named = nameOf(object, "Service");
  const spec = object.value["spec"];
  if (named === undefined || !isMapping(spec) || spec["type"] === "ExternalName") return undefined;
  const [first, ...more] = (Array.isArray(spec["ports"]) ? spec["ports"] : []).flatMap(portOf);
  if (first === undefined) return undefined;
  return {
    ...named,
    ports: [first, ...more],
    ...selectorOf(spec["selector"]),
    ...familyOf(spec),
    ...(spec["publishNotReadyAddresses"] === true ? { publishesUnready: true } : {}),
    ...(spec["clusterIP"] === "None" ? { headless: true } : {}),
    ...labelsOf(object.value["metadata"]),
  };
}

function selectorOf(selector: unknown): Pick<ServiceObject, "selector"> {
  if (!isMapping(selector)) return {};
  const labels = Object.entries(selector);
  const isValid = (entry: readonly [string, unknown]): entry is [string, string] =>
    typeof entry[1] === "string";
  // An unreadable label would make the selector too wide.
  return labels.length > 0 && labels.every(isValid) ? { selector: Object.fromEntries(labels) } : {};
}

function labelsOf(metadata: unknown): Pick<ServiceObject, "labels"> {
  const labels = isMapping(metadata) ? metadata["labels"] : undefined;
  if (!isMapping(labels)) return {};
  const texts = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return texts.length === 0 ? {} : { labels: Object.fromEntries(texts) };
}

/** IP family of a Service; by default, a single family (Service v1, ipFamilyPolicy). */
function familyOf({
  ipFamilies,
  ipFamilyPolicy = "SingleStack",
}: Readonly<Record<string, unknown>>): Pick<ServiceObject, "ipv6"> {
  const isAlone = Array.isArray(ipFamilies) && ipFamilies.length === 1 && ipFamilies[0] === "IPv6";
  return isAlone && ipFamilyPolicy === "SingleStack" ? { ipv6: true } : {};
}

function portOf(value: unknown): readonly ServicePort[] {
  if (!isMapping(value) || typeof value["port"] !== "number") return [];
  const { name, port, protocol = "TCP", targetPort } = value;
  if (!isPort(port) || typeof protocol !== "string") return [];
  const target = typeof targetPort === "number" || typeof targetPort === "string" ? targetPort : 0;
  return [
    {
      ...(typeof name === "string" ? { name } : {}),
      port,
      protocol,
      // 0 and "" count as absent.
      ...(target === 0 || target === "" ? {} : { targetPort: target }),
    },
  ];
}

/** Form of DNS-1123 names; Services with other names get no variables. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

function nameOf({ apiVersion, kind, value }: KubernetesObject, expected: string): Named | undefined {
  const { metadata } = value;
  if (apiVersion !== "v1" || kind !== expected || !isMapping(metadata)) return undefined;
  const { name, namespace } = metadata;
  if (typeof name !== "string" || !NAME.test(name)) return undefined;
  return { name, ...(typeof namespace === "string" ? { namespace } : {}) };
}
