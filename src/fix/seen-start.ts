import type { ImageFacts } from "../contract/image-facts.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { HELPERS, healthAnswers } from "../observations/health-answers.ts";
import { areLogs, logMounts } from "../observations/log-mounts.ts";
import { neededMounts } from "../observations/needed-mounts.ts";
import type { Observed } from "../observations/observed.ts";
import { phaseRun, worked } from "../observations/phase-run.ts";
import { hasHelped } from "../observations/proposed-mounts.ts";
import { listenedPorts, reachOf } from "../observations/reach.ts";
import { rootWrites } from "../observations/root-writes.ts";
import { isMasked } from "../secrets/mask.ts";
import type { Json } from "./syntax/edit.ts";

/** Probe handlers, as a manifest writes them. */
export interface ProbeHandlers {
  readonly readinessProbe: Json;
  readonly livenessProbe: Json;
}

/** Results of a trial that a manifest can use; none is guessed. */
export interface SeenStart {
  /** Ports that stayed open on the pod's address until the end of each phase. */
  readonly ports: readonly number[];
  /** Handlers of health endpoints, if the application answered them differently from arbitrary paths. */
  readonly probes?: ProbeHandlers;
  /** Paths of the emptyDirs that the application needs; empty if none helps. */
  readonly mounts: readonly string[];
  /**
   * Whether the application started and served with a read-only root, without mounts or with these mounts.
   */
  readonly worksReadOnly: boolean;
}

export function seenStart(trial: TrialFacts, image: ImageFacts): SeenStart {
  const ports = listenedPorts(trial, ["tcp"]).filter(
    (port) => !HELPERS.has(port) && reachOf(trial, port).kind === "open",
  );
  const probes = probesOf(trial, ports);
  return {
    ports,
    ...(probes === undefined ? {} : { probes }),
    mounts: mountsOf(trial, image).filter(isMountPath),
    worksReadOnly: hasHelped(trial) || (trial.tried === undefined && worked(phaseRun(trial, "read-only"))),
  };
}

/**
 * Probe handlers: readiness from the best indicator of the trial, liveness from the next best; a port without
 * HTTP gets a TCP probe.
 */
function probesOf(trial: TrialFacts, ports: readonly number[]): ProbeHandlers | undefined {
  const { found, homes, notHttp } = healthAnswers(trial);
  const isOpen = ({ port, path }: { readonly port: number; readonly path: string }) =>
    ports.includes(port) && !isMasked(path);
  const [readiness, ...others] = [...found, ...homes].filter(isOpen);
  if (readiness !== undefined) {
    const liveness =
      others.find(({ port, why }) => port === readiness.port && why === "discovery") ?? readiness;
    return { readinessProbe: httpGet(readiness), livenessProbe: httpGet(liveness) };
  }
  const port = notHttp.find((one) => ports.includes(one));
  if (port === undefined) return undefined;
  return { readinessProbe: { tcpSocket: { port } }, livenessProbe: { tcpSocket: { port } } };
}

function httpGet({ path, port, scheme }: Observed<"http">) {
  return { httpGet: scheme === "https" ? { path, port, scheme: "HTTPS" } : { path, port } };
}

/**
 * Paths of the mounts that the trial verified; for an older trial, of mounts that a newer trial would have
 * tried.
 */
function mountsOf(trial: TrialFacts, image: ImageFacts): readonly string[] {
  if (trial.tried !== undefined) {
    const { mounts } = trial.tried;
    const logs = logMounts(trial, mounts);
    return hasHelped(trial) ? mounts.filter((mount) => !logs.includes(mount)) : [];
  }
  const { root } = rootWrites(trial, image);
  return neededMounts(trial, root, image)
    .filter(({ hides, writes }) => !hides && !areLogs(trial, writes))
    .map(({ path }) => path);
}

/** Whether the path is valid in volumeMounts. */
function isMountPath(path: string): boolean {
  return /^\/[^:\0]*[^/:\0]$/.test(path) && !path.split("/").includes("..") && !isMasked(path);
}
