import type { ContainerFacts, ProbeFacts } from "../../../contract/pod-facts.ts";
import type { WorkloadFacts } from "../../../contract/workload-facts.ts";

/** Knative's default port if the container declares none. */
const DEFAULT_PORT = 8080;

/** The probe as the pod will have it: Knative adds the container's port to a probe without a port. */
export function withKnativePort(
  probe: ProbeFacts,
  { apiVersion }: Pick<WorkloadFacts, "apiVersion">,
  { ports = [] }: ContainerFacts,
): ProbeFacts {
  if (!apiVersion.startsWith("serving.knative.dev/")) return probe;
  const { httpGet, tcpSocket } = probe;
  const port = ports[0]?.containerPort ?? DEFAULT_PORT;
  return {
    ...probe,
    ...(httpGet === undefined ? {} : { httpGet: { ...httpGet, port: httpGet.port || port } }),
    ...(tcpSocket === undefined ? {} : { tcpSocket: { ...tcpSocket, port: tcpSocket.port || port } }),
  };
}
