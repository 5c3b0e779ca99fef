import type { ImageFacts } from "../contract/image-facts.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { HELPERS, healthAnswers } from "../rules/trial/health-answers.ts";
import { areLogs, logMounts } from "../rules/trial/log-mounts.ts";
import { neededMounts } from "../rules/trial/needed-mounts.ts";
import type { Observed } from "../rules/trial/observed.ts";
import { phaseRun, worked } from "../rules/trial/phase-run.ts";
import { hasHelped } from "../rules/trial/proposed-mounts.ts";
import { listenedPorts, reachOf } from "../rules/trial/reach.ts";
import { rootWrites } from "../rules/trial/root-writes.ts";
import { isMasked } from "../secrets/mask.ts";
import type { Json } from "./edit.ts";

/** What each probe asks, as a manifest writes it. */
export interface ProbeHandlers {
  readonly readinessProbe: Json;
  readonly livenessProbe: Json;
}

/** What a manifest can be told of an application by its trial: nothing of it is guessed. */
export interface SeenStart {
  /** Open on the pod's address, to the end of each phase. */
  readonly ports: readonly number[];
  /** Where it answered for its health otherwise than on any path. */
  readonly probes?: ProbeHandlers;
  /** EmptyDirs that it needs, as far as any helps. */
  readonly mounts: readonly string[];
  /** It came up on the read-only root and served there: by itself, or with these mounts. */
  readonly worksReadOnly: boolean;
}

export function seenStart(trial: TrialFacts, image: ImageFacts): SeenStart {
  const ports = listenedPorts(trial, ["tcp"]).filter(
    (port) => !HELPERS.has(port) && reachOf(trial, port).is === "open",
  );
  const probes = probesOf(trial, ports);
  return {
    ports,
    ...(probes === undefined ? {} : { probes }),
    mounts: mountsOf(trial, image).filter(isMountPath),
    worksReadOnly: hasHelped(trial) || (trial.tried === undefined && worked(phaseRun(trial, "read-only"))),
  };
}

/** What reflects best that it serves is readiness', the next one liveness'; of a port without HTTP, that it is open. */
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

/** What the trial itself tried, and only if it helped; of an older one, what it would have had to try. */
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

/** As volumeMounts takes it. */
function isMountPath(path: string): boolean {
  return /^\/[^:\0]*[^/:\0]$/.test(path) && !path.split("/").includes("..") && !isMasked(path);
}
