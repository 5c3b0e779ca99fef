import type { ContainerFacts, ProbeFacts } from "../../../contract/pod-facts.ts";
import type { WorkloadFacts } from "../../../contract/workload-facts.ts";

/** Knative's own, where the container declares none. */
const DEFAULT_PORT = 8080;

/** The probe as the pod will have it: Knative gives one that names no port that of the container. */
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
