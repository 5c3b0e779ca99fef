import type { Application, Beside, Pod } from "./application.ts";

type Probe = NonNullable<Pod["health"]>;

/**
 * The contract's requirements of a manifest, and of the application only its emptyDirs, variables, port and
 * probes.
 */
export function manifestOf({ name, given, beside }: Application, pod: Pod): unknown {
  const { kind = "Deployment", emptyDirs, replicas = 1 } = pod;
  const labels = { app: name };
  const env = Object.entries(given ?? {}).map(([variable, value]) => ({ name: variable, value }));
  const spec = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      { ...containerOf("app", name, pod), ...(env.length === 0 ? {} : { env }) },
      ...(beside === undefined ? [] : [sidecarOf(beside, emptyDirs)]),
    ],
    volumes: emptyDirs.map((_, index) => ({ name: `directory-${index}`, emptyDir: {} })),
    ...(kind === "Job" ? { restartPolicy: "Never" } : {}),
  };
  const template = { metadata: { labels }, spec };
  return {
    apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name, labels },
    spec: kind === "Job" ? { template } : { replicas, selector: { matchLabels: labels }, template },
  };
}

function sidecarOf({ name, recipe, health }: Beside, emptyDirs: readonly string[]): unknown {
  const [port] = recipe.ports;
  return containerOf(name, name, { emptyDirs, health, ...(port === undefined ? {} : { port }) });
}

function containerOf(container: string, image: string, pod: Pod): Readonly<Record<string, unknown>> {
  const { emptyDirs, port, health, startup, memory } = pod;
  const probe = health === undefined ? undefined : probeOf(health, port);
  return {
    name: container,
    image: `registry.example/${image}:1.0.0`,
    ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
    ...(probe === undefined ? {} : { readinessProbe: probe, livenessProbe: probe }),
    ...(startup === undefined
      ? {}
      : { startupProbe: { ...probe, periodSeconds: 1, failureThreshold: startup } }),
    ...(memory === undefined ? {} : { resources: { requests: { memory }, limits: { memory } } }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: emptyDirs.map((mountPath, index) => ({ name: `directory-${index}`, mountPath })),
  };
}

function probeOf(health: Probe, port: number | undefined): Readonly<Record<string, unknown>> {
  if (typeof health === "string") return { httpGet: { path: health, port } };
  return "tcp" in health
    ? { tcpSocket: { port } }
    : { exec: { command: health.command }, timeoutSeconds: 10 };
}
