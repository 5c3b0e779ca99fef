import type { ContainerFacts, HookFacts, HttpGetFacts, ProbeFacts } from "../../../contract/pod-facts.ts";
import { portOf } from "../../../start/declared-ports.ts";

type Handler = ProbeFacts & HookFacts;

/**
 * Network action of a probe as the API server stores it: names of ports are resolved, and an explicit default
 * (SetDefaults_HTTPGetAction and SetDefaults_Probe, pkg/apis/core/v1/defaults.go) equals an omitted field.
 */
export function networkAction(
  probe: Pick<Handler, "httpGet" | "tcpSocket" | "grpc"> | undefined,
  spec: Pick<ContainerFacts, "ports">,
): unknown {
  const { httpGet, tcpSocket, grpc } = probe ?? {};
  if (httpGet !== undefined) return httpAction(httpGet, spec);
  if (tcpSocket !== undefined) {
    return { port: numberOf(tcpSocket.port, spec), host: tcpSocket.host || undefined };
  }
  return grpc === undefined ? null : { ...grpc, service: grpc.service || undefined };
}

/** A hook as the API server stores it. */
export function hookAction(hook: HookFacts | undefined, spec: Pick<ContainerFacts, "ports">): unknown {
  if (hook === undefined) return null;
  const { httpGet, tcpSocket } = hook;
  return {
    ...hook,
    ...(httpGet === undefined ? {} : { httpGet: httpAction(httpGet, spec) }),
    ...(tcpSocket === undefined ? {} : { tcpSocket: networkAction({ tcpSocket }, spec) }),
  };
}

function httpAction(
  { path, port, host, scheme, httpHeaders = [] }: HttpGetFacts,
  spec: Pick<ContainerFacts, "ports">,
): unknown {
  return {
    path: path || "/",
    port: numberOf(port, spec),
    host: host || undefined,
    scheme: scheme === "HTTP" ? undefined : scheme || undefined,
    httpHeaders: httpHeaders.length === 0 ? undefined : httpHeaders,
  };
}

/** Number of a port; the text as written if no port has this name. */
function numberOf(
  port: number | string | undefined,
  spec: Pick<ContainerFacts, "ports">,
): number | string | undefined {
  return portOf(port, spec) ?? port;
}
