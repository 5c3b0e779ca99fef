import type { ContainerFacts, PodSpecFacts } from "../../contract/pod-facts.ts";
import { isSidecar } from "../../contract/sidecars.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { declaredDatagramPorts, declaredPorts, isPort } from "../../start/declared-ports.ts";
import type { ServiceFacts, ServicePort } from "../../start/service-variables.ts";

/** A port of the pod that a Service targets. */
export interface CalledPort {
  readonly port: number;
  readonly protocol: string;
}

type Pod = Pick<PodSpecFacts, "containers" | "initContainers">;

/** Whether a Service selects pods with these labels; a Service without a selector selects none. */
export function selects(
  { selector }: Pick<ServiceFacts, "selector">,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (selector === undefined) return false;
  return Object.entries(selector).every(
    ([name, value]) => Object.hasOwn(labels, name) && labels[name] === value,
  );
}

/**
 * Ports of a pod that a Service targets: targetPort, otherwise the Service's port. A name refers to a
 * container port (endpoints, FindPort); an unknown name targets nothing.
 */
export function portsCalled(
  service: { readonly ports: readonly ServicePort[] },
  pod: Pod,
): readonly CalledPort[] {
  return targetsOf(service, pod).map(({ to, protocol }) => ({ port: to, protocol }));
}

/** A port of a Service and the port of its pods to which it leads. */
export interface ServiceTarget {
  readonly port: number;
  readonly to: number;
  readonly protocol: string;
}

/** Ports of a Service that lead to a port of this pod, as for portsCalled(). */
export function targetsOf(
  { ports }: { readonly ports: readonly ServicePort[] },
  pod: Pod,
): readonly ServiceTarget[] {
  const named = lastingContainers(pod).flatMap((one) => one.ports ?? []);
  return ports.flatMap(({ port, targetPort = port, protocol }: ServicePort): readonly ServiceTarget[] => {
    const found =
      typeof targetPort === "number"
        ? targetPort
        : named.find((one) => one.name === targetPort && (one.protocol ?? "TCP") === protocol)?.containerPort;
    return found !== undefined && isPort(found) ? [{ port, to: found, protocol }] : [];
  });
}

/** Whether a container of the pod declares each port that a Service calls, a name included. */
export function callsDeclaredPorts(service: Pick<ServiceFacts, "ports">, pod: Pod): boolean {
  const declared = new Set(lastingContainers(pod).flatMap(keysOf));
  const called = portsCalled(service, pod);
  return called.length === service.ports.length && called.every((one) => declared.has(keyOf(one)));
}

/**
 * Ports that Services target and no container of the pod declares, by the container expected to open them:
 * the first container with declared ports, otherwise the first container.
 */
export function undeclaredPorts(
  services: readonly ServiceFacts[],
  { pod }: Pick<RawWorkload, "pod">,
  container: string | undefined,
): readonly CalledPort[] {
  const lasting = lastingContainers(pod.spec);
  const opens = lasting.find((one) => declares(one)) ?? lasting[0];
  if (opens === undefined || opens.name !== container) return [];
  const called = services
    .filter((one) => selects(one, pod.labels))
    .flatMap((one) => portsCalled(one, pod.spec));
  const isOpen = new Set(lasting.flatMap(keysOf));
  return called.filter((one) => !isOpen.has(keyOf(one)));
}

/**
 * Containers that run concurrently. Init containers are excluded, since they end before, unless they are
 * sidecars.
 */
function lastingContainers({ containers, initContainers }: Pod): readonly ContainerFacts[] {
  return [...containers, ...initContainers.filter(isSidecar)];
}

function declares(spec: ContainerFacts): boolean {
  return keysOf(spec).length > 0;
}

function keysOf(spec: ContainerFacts): readonly string[] {
  return [
    ...declaredPorts(spec).map((port) => keyOf({ port, protocol: "TCP" })),
    ...declaredDatagramPorts(spec).map((port) => keyOf({ port, protocol: "UDP" })),
  ];
}

function keyOf({ port, protocol }: CalledPort): string {
  return `${port}/${protocol}`;
}
