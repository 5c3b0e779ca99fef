import type { ContainerFacts, ProbeFacts } from "../contract/pod-facts.ts";

/**
 * TCP ports in a container's manifest: its `ports`, and ports that its probes call on the pod's address.
 * `ports` is documentation only: an unlisted port is equally open.
 */
export function declaredPorts(spec: ContainerFacts): readonly number[] {
  const { ports = [], startupProbe, readinessProbe, livenessProbe } = spec;
  const listed = ports
    .filter(({ protocol = "TCP" }) => protocol === "TCP")
    .flatMap(({ containerPort }) => containerPort ?? []);
  const probed = [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => {
    return probe === undefined ? [] : (probedPort(probe, spec) ?? []);
  });
  return [...new Set([...listed, ...probed].filter(isPort))];
}

/** UDP ports in a container's manifest. */
export function declaredDatagramPorts({ ports = [] }: Pick<ContainerFacts, "ports">): readonly number[] {
  const listed = ports
    .filter(({ protocol }) => protocol === "UDP")
    .flatMap(({ containerPort }) => containerPort ?? []);
  return [...new Set(listed.filter(isPort))];
}

/** Port of the pod that a probe calls; the API server allows one action per probe. */
export function probedPort(
  { exec, httpGet, grpc, tcpSocket }: ProbeFacts,
  spec: ContainerFacts,
): number | undefined {
  if ((exec?.command ?? []).length > 0) return undefined;
  if (grpc !== undefined && httpGet === undefined) return grpc.port;
  const target = httpGet ?? tcpSocket;
  return target === undefined || !isOwnHost(target.host) ? undefined : portOf(target.port, spec);
}

/** Whether a probe or hook calls the pod itself. */
export function isOwnHost(host: string | undefined): boolean {
  return host === undefined || host === "";
}

/** Number for the `port` of a probe or hook: a number, or the name of a container port. */
export function portOf(
  port: number | string | undefined,
  { ports = [] }: Pick<ContainerFacts, "ports">,
): number | undefined {
  const number =
    typeof port === "string" && !/^\d+$/.test(port)
      ? ports.find(({ name }) => name === port)?.containerPort
      : Number(port);
  return number !== undefined && isPort(number) ? number : undefined;
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
