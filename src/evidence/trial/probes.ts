import { LIMITS } from "../../contract/limits.ts";
import { probeNumbers } from "../../contract/pod-defaults.ts";
import type { ContainerFacts, HttpGetFacts, ProbeFacts } from "../../contract/pod-facts.ts";
import {
  declaredDatagramPorts,
  declaredPorts,
  isOwnHost,
  isPort,
  portOf,
} from "../../start/declared-ports.ts";
import { probeOverride } from "../../start/entrypoint-and-command.ts";
import type { HttpTarget, ProbePlan } from "../../trial/plan/plan.ts";
import type { ContainerOptions } from "../../trial/trial-options.ts";
import type { CalledPort } from "./called-ports.ts";
import { declaredHeaders } from "./declared-headers.ts";
import type { ProbeSettings, TrialSettings } from "./settings.ts";

const KINDS = { startup: "startupProbe", readiness: "readinessProbe", liveness: "livenessProbe" } as const;
const TIMEOUT_MS = 1_000;

/** Probes of the manifest, otherwise of the settings, without calls to other hosts. */
export function trialProbes(spec: ContainerFacts | undefined, settings: TrialSettings): readonly ProbePlan[] {
  const own = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((why): readonly ProbePlan[] => {
    const probe = spec?.[KINDS[why]];
    const does = spec === undefined || probe === undefined ? undefined : actionOf(probe, spec);
    if (does === undefined) return [];
    const timeoutMs = Math.max(1, probeNumbers(probe).timeout) * 1_000;
    return [{ why, does, timeoutMs: Math.min(timeoutMs, LIMITS.trialMs) }];
  });
  if (own.length > 0) return own;
  return (settings.probes ?? []).flatMap((probe): readonly ProbePlan[] => {
    const does = fromSettings(probe);
    return does === undefined ? [] : [{ why: "readiness", does, timeoutMs: TIMEOUT_MS }];
  });
}

/**
 * Ports of the manifest, its probes and Services; without a manifest, ports of the settings, otherwise of
 * EXPOSE. `hint`: ports that need not be open: from EXPOSE, or from settings beside a manifest without ports.
 *
 * @param called ports targeted by Services and declared by no container of the pod
 */
export function trialPorts(
  spec: ContainerFacts | undefined,
  settings: TrialSettings,
  exposed: readonly string[],
  called: readonly CalledPort[] = [],
): TrialPorts {
  const datagramPorts = distinct([...declaredDatagramPorts(spec ?? {}), ...portsOf(called, "UDP")]);
  const calledPorts = portsOf(called, "TCP");
  return {
    ...connectionPorts([...declaredPorts(spec ?? {}), ...calledPorts], spec, settings, exposed),
    ...(calledPorts.length === 0 ? {} : { calledPorts }),
    ...(datagramPorts.length === 0 ? {} : { datagramPorts }),
  };
}

type TrialPorts = Pick<ContainerOptions, "ports" | "hint" | "calledPorts" | "datagramPorts">;

function connectionPorts(
  declared: readonly number[],
  spec: ContainerFacts | undefined,
  settings: TrialSettings,
  exposed: readonly string[],
): Pick<TrialPorts, "ports" | "hint"> {
  const { ports: given = [] } = settings;
  if (declared.length > 0) return { ports: distinct(declared) };
  if (spec === undefined && given.length > 0) return { ports: distinct(given) };
  const ports = distinct([...given, ...exposedPorts(exposed)]);
  return ports.length === 0 ? { ports } : { ports, hint: true };
}

function portsOf(called: readonly CalledPort[], protocol: string): readonly number[] {
  return called.filter((one) => one.protocol === protocol).map(({ port }) => port);
}

function distinct(ports: readonly number[]): readonly number[] {
  return [...new Set(ports.filter(isPort))];
}

/** TCP ports of EXPOSE: `8080`, `8080/tcp`, `8000-8010/tcp`: of a range the first. */
export function exposedPorts(exposed: readonly string[]): readonly number[] {
  return exposed
    .filter((text) => /^\d{1,5}(?:-\d{1,5})?(?:\/tcp)?$/i.test(text))
    .map((text) => Number.parseInt(text, 10));
}

function actionOf(probe: ProbeFacts, spec: ContainerFacts): ProbePlan["does"] | undefined {
  const { exec, httpGet, tcpSocket, grpc } = probe;
  const command = exec?.command ?? [];
  if (command.length > 0) return { exec: probeOverride(spec, command).command ?? command };
  if (httpGet !== undefined && isOwnHost(httpGet.host)) {
    const http = httpTarget(httpGet, spec);
    return http === undefined ? undefined : { http };
  }
  if (grpc !== undefined) {
    const { port = 0, service = "" } = grpc;
    return isPort(port) ? { grpc: { port, service } } : undefined;
  }
  const port =
    tcpSocket !== undefined && isOwnHost(tcpSocket.host) ? portOf(tcpSocket.port, spec) : undefined;
  return port === undefined ? undefined : { tcp: { port } };
}

/** Target of an httpGet in a probe or hook; undefined if it has no port or calls another host. */
export function httpTarget(httpGet: HttpGetFacts, spec: ContainerFacts): HttpTarget | undefined {
  const port = isOwnHost(httpGet.host) ? portOf(httpGet.port, spec) : undefined;
  if (port === undefined) return undefined;
  const scheme = httpGet.scheme?.toUpperCase() === "HTTPS" ? "https" : "http";
  return { port, path: absolute(httpGet.path), scheme, headers: declaredHeaders(httpGet) };
}

function absolute(path = "/"): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function fromSettings({ http, tcp, grpc, exec }: ProbeSettings): ProbePlan["does"] | undefined {
  if (http !== undefined) {
    const { port, path = "/", scheme = "http" } = http;
    return { http: { port, path, scheme, headers: {} } };
  }
  if (tcp !== undefined) return { tcp };
  if (grpc !== undefined) return { grpc: { service: "", ...grpc } };
  return exec === undefined ? undefined : { exec };
}
