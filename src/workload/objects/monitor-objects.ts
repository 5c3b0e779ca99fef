import { isPort } from "../../start/declared-ports.ts";
import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "./kind.ts";

/** A PodMonitor or ServiceMonitor (Prometheus operator), as far as it calls ports of pods by their numbers. */
export interface MonitorObject {
  /** Namespaces of the pods or Services; absent: any. */
  readonly namespaces?: readonly (string | undefined)[];
  /** Objects that the selector chooses: pods, or Services with their pods. */
  readonly selects: "pods" | "services";
  /** Labels of `matchLabels`; other expressions are left out, so that more objects may be chosen. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}

const KINDS = {
  "monitoring.coreos.com/PodMonitor": ["pods", "podMetricsEndpoints"],
  "monitoring.coreos.com/ServiceMonitor": ["services", "endpoints"],
} as const;

/** Whether an object is of a kind that monitorObject() reads. */
export function isMonitor(object: Pick<KubernetesObject, "apiVersion" | "kind">): boolean {
  return Object.hasOwn(KINDS, typeOf(object));
}

/** Maximum number of endpoints read. */
const MOST = 50;

/**
 * @returns undefined for other kinds, and for a monitor that names its ports: names are of declared ports, or
 * of ports of a Service
 */
export function monitorObject(object: KubernetesObject): MonitorObject | undefined {
  const { metadata, spec } = object.value;
  if (!isMonitor(object) || !isMapping(spec)) return undefined;
  const [selects, field] = KINDS[typeOf(object) as keyof typeof KINDS];
  const endpoints = Array.isArray(spec[field]) ? spec[field] : [];
  const ports = endpoints.slice(0, MOST).flatMap(portsOf);
  if (ports.length === 0) return undefined;
  const own =
    isMapping(metadata) && typeof metadata["namespace"] === "string" ? metadata["namespace"] : undefined;
  return {
    selects,
    labels: labelsOf(spec["selector"]),
    ports,
    ...namespacesOf(spec["namespaceSelector"], own),
  };
}

function portsOf(endpoint: unknown): readonly number[] {
  if (!isMapping(endpoint)) return [];
  return [endpoint["portNumber"], endpoint["targetPort"]].flatMap((port) =>
    typeof port === "number" && isPort(port) ? [port] : [],
  );
}

function labelsOf(selector: unknown): MonitorObject["labels"] {
  const labels = isMapping(selector) ? selector["matchLabels"] : undefined;
  if (!isMapping(labels)) return {};
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

function namespacesOf(selector: unknown, own: string | undefined): Pick<MonitorObject, "namespaces"> {
  if (!isMapping(selector)) return { namespaces: [own] };
  if (selector["any"] === true) return {};
  const { matchNames } = selector;
  if (!Array.isArray(matchNames)) return { namespaces: [own] };
  return { namespaces: matchNames.filter((name): name is string => typeof name === "string") };
}
