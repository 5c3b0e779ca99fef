import { isTemporaryPlace } from "../../contract/temporary-path.ts";
import type { SupervisorMessage } from "../plan/plan.ts";
import type { RunEnd, RunOptions, RunOutcome } from "./container-run.ts";
import type { Phase } from "./event-log.ts";
import { isBatch } from "./phase-barrier.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { type Outcomes, type Part, startPod } from "./start-pod.ts";
import { changedAtStop } from "./stop-changes.ts";
import { wroteAtStop } from "./stop-writes.ts";
import { isExpected } from "./wait-ready.ts";

const SHORT_MS = 100;
/** Time in which a container finishes writes caused by the stop signal. */
const BRIEF_STOP_MS = 3_000;

/** Runs the phases of the first pod, on a read-only root. */
export async function examine(pod: Pod, send: (message: SupervisorMessage) => void): Promise<void> {
  const { containers, plan } = pod;
  const first = await startPod(
    pod,
    { name: "read-only", root: "read-only" },
    // A container without a restart ends with this pod, which then has no further phase.
    parts(containers, (podContainer) => ({
      ...fullRun(podContainer, "kill"),
      again: plan.apart === true,
      probesLate: true,
    })),
  );
  const able = containers.filter((podContainer) => worked(first.get(podContainer)));
  if (plan.apart) send({ kind: "first-run", worked: containers.map((one) => able.includes(one)) });
  const again = await restart(
    pod,
    { name: "restart", root: "read-only" },
    parts(able, (podContainer) => stoppingRun(podContainer, first)),
  );
  await startAfterStop(pod, again);
  if (plan.apart) return;
  const second = await startPod(
    pod,
    { name: "writable", root: "writable" },
    parts(containers, (podContainer) => ({
      ...fullRun(podContainer, endOnWritable(again.has(podContainer))),
      notesStop: true,
      probesLate: true,
      ...briefStop(again.get(podContainer)),
      readyMs: readyMsOnOtherRoot(podContainer, first),
    })),
  );
  await goOn(pod, second);
  await restartOthers(
    pod,
    containers.filter((podContainer) => !again.has(podContainer)),
    second,
  );
}

/** Runs the phases on a writable root, in a separate pod beside the first one. */
export async function examineWritable(pod: Pod): Promise<void> {
  const { containers, control } = pod;
  const second = await startPod(
    pod,
    { name: "writable", root: "writable" },
    parts(containers, (podContainer) => ({
      ...fullRun(
        podContainer,
        control.firstRun.then((worked) => endOnWritable(worked[containers.indexOf(podContainer)] === true)),
      ),
      probesLate: true,
    })),
  );
  const firstRun = await control.firstRun;
  await goOn(pod, second);
  await restartOthers(
    pod,
    containers.filter((_, index) => firstRun[index] !== true),
    second,
  );
}

/**
 * Way to end the writable phase: by stopping, since some applications write only then. A container that did
 * not start on the read-only root is killed instead, restarted here, and stopped after that.
 */
function endOnWritable(cameUp: boolean): RunEnd {
  return cameUp ? "stop" : "kill";
}

/**
 * Restarts containers on roots and volumes as the writable phase left them, since these may contain state:
 * content that is read again and used is state. A container that wrote during the stop is stopped again, like
 * the replica, for comparison.
 */
async function goOn(pod: Pod, second: Outcomes): Promise<void> {
  const { containers, roots } = pod;
  const able = containers.filter((podContainer) => worked(second.get(podContainer)));
  const stopped = able.filter((podContainer) => !wasForced(second.get(podContainer)));
  const writers = new Set(stopped.filter(wroteAtStop));
  const going = able.filter((podContainer) => roots.has(podContainer) || writers.has(podContainer));
  if (going.length > 0) {
    const options = (podContainer: PodContainer): RunOptions => ({
      ...fullRun(podContainer, writers.has(podContainer) ? "stop" : "kill"),
      readyMs: readyMsAfter(podContainer, second),
      stopMs: BRIEF_STOP_MS,
    });
    await startPod(
      pod,
      { name: "kept", root: "writable" },
      parts(able, options, (podContainer) => !going.includes(podContainer)),
    );
  }
  for (const root of roots.values()) void root.release();
  roots.clear();
}

/**
 * Runs a second instance, to check whether it starts beside the first and uses its own port. If its files are
 * compared, it is stopped like the first instance, since some applications write only then.
 */
export async function runReplica(pod: Pod): Promise<void> {
  const [root, end] =
    pod.plan.onlyWritable === true ? (["writable", "kill"] as const) : (["read-only", "stop"] as const);
  const options = (podContainer: PodContainer): RunOptions =>
    isCompared(podContainer)
      ? { ...fullRun(podContainer, end), stopMs: BRIEF_STOP_MS }
      : briefRun(podContainer);
  await startPod(pod, { name: "replica", root }, parts(pod.containers, options));
}

/** Whether the replica's files are compared with the first instance's, which requires the same requests. */
function isCompared({ pod, plan }: PodContainer): boolean {
  return (
    pod.plan.onlyWritable === true || plan.writable.some(({ path }) => !isTemporaryPlace(`${path}/file`))
  );
}

/**
 * Repeats the first phase with additional mounts. A container that started is killed with kill -9 and started
 * again, since a restarted container finds its emptyDirs with their content.
 */
export async function tryMounts(pod: Pod): Promise<void> {
  const silent = ({ plan }: PodContainer): boolean => !plan.triesMounts;
  const outcomes = await startPod(
    pod,
    { name: "tried", root: "read-only" },
    parts(pod.containers, (podContainer) => fullRun(podContainer, "kill"), silent),
  );
  const able = pod.containers.filter((podContainer) => worked(outcomes.get(podContainer)));
  if (able.every(silent)) return;
  const again = (podContainer: PodContainer): RunOptions => ({
    ...stoppingRun(podContainer, outcomes),
    end: "kill",
  });
  await restart(pod, { name: "tried-again", root: "read-only" }, parts(able, again, silent));
}

/**
 * Restarts after kill -9, with new roots and the same volumes, then stops the containers. The kubelet
 * restarts a server alone, without the pod's init containers. It runs these again when it recreates the pod's
 * sandbox, which is tried afterwards. The second run of a task takes place in another pod.
 */
async function restart(pod: Pod, phase: Phase, taking: ReadonlyMap<PodContainer, Part>): Promise<Outcomes> {
  if (taking.size === 0) return new Map();
  const initial = new Map([...taking].filter(([{ plan }]) => plan.role === "init"));
  const servers = [...taking.keys()].filter(({ plan }) => plan.role === "app").filter((one) => !isBatch(one));
  if (initial.size === 0 || servers.length === 0) return startPod(pod, phase, taking);
  const others = new Map([...taking].filter(([podContainer]) => !initial.has(podContainer)));
  const alone = await startPod(pod, phase, others, new Set(initial.keys()));
  if ([...initial.values()].every(({ silent }) => silent)) return alone;
  const whole = new Map([...taking].map(([one, part]) => [one, initial.get(one) ?? besideInit(one, part)]));
  const again = await startPod(pod, phase, whole);
  return new Map([...alone, ...[...again].filter(([podContainer]) => initial.has(podContainer))]);
}

/**
 * Starts servers once more after their orderly stop, with new roots and the same volumes, as the kubelet does
 * after a failed livenessProbe. Done only if the stop changed a volume; otherwise it would be the same as
 * other restarts.
 */
async function startAfterStop(pod: Pod, stopped: Outcomes): Promise<void> {
  const able = [...stopped.keys()].filter((one) => worked(stopped.get(one)) && one.plan.role !== "init");
  const changed = able.filter((one) => !isBatch(one) && !wasForced(stopped.get(one)) && changedAtStop(one));
  if (changed.length === 0) return;
  const options = (podContainer: PodContainer): RunOptions => ({
    ...stoppingRun(podContainer, stopped),
    end: "kill",
  });
  const completed = new Set(pod.containers.filter(({ plan }) => plan.role === "init"));
  const taking = parts(able, options, (one) => !changed.includes(one));
  await startPod(pod, { name: "after-stop", root: "read-only" }, taking, completed);
}

/**
 * Part of a container that is started only beside init containers: these may need a sidecar, but no app
 * container.
 */
function besideInit({ plan }: PodContainer, { options }: Part): Part {
  const notAwaited: RunOptions = { probes: "exec", end: "kill", readyMs: 0, settleMs: 0 };
  return { options: plan.role === "sidecar" ? options : notAwaited, silent: true };
}

/**
 * Tries containers that did not start on a read-only root on a writable root, together with the other
 * containers, on which they may depend.
 */
async function restartOthers(pod: Pod, others: readonly PodContainer[], second: Outcomes): Promise<void> {
  for (const { log, was } of others.map((podContainer) => ({
    ...podContainer,
    was: second.get(podContainer)?.status,
  }))) {
    if (was === "start-failed" || was === "exited" || was === "unfinished") {
      log.observe({
        kind: "skipped",
        what: "restart",
        because: was === "unfinished" ? "not-ready" : was,
      });
    }
  }
  const able = pod.containers.filter((podContainer) => worked(second.get(podContainer)));
  if (!others.some((podContainer) => able.includes(podContainer))) return;
  await restart(
    pod,
    { name: "restart", root: "writable" },
    parts(
      able,
      (podContainer) => stoppingRun(podContainer, second),
      (podContainer) => !others.includes(podContainer),
    ),
  );
}

function parts(
  containers: readonly PodContainer[],
  options: (podContainer: PodContainer) => RunOptions,
  silent: (podContainer: PodContainer) => boolean = () => false,
): ReadonlyMap<PodContainer, Part> {
  return new Map(
    containers.map((podContainer) => [
      podContainer,
      { options: options(podContainer), silent: silent(podContainer) },
    ]),
  );
}

function fullRun({ plan: { waits } }: PodContainer, end: RunOptions["end"]): RunOptions {
  return { probes: "all", end, readyMs: waits.readyMs, settleMs: waits.settleMs };
}

function stoppingRun(podContainer: PodContainer, before: Outcomes): RunOptions {
  const outcome = before.get(podContainer);
  return {
    probes: "exec",
    end: "stop",
    readyMs: readyMsAfter(podContainer, before),
    settleMs: 0,
    ...(outcome?.status === "serving" ? { like: outcome.start } : {}),
  };
}

function briefRun({ plan: { waits } }: PodContainer): RunOptions {
  const { readyMs, settleMs } = waits;
  return { probes: "exec", end: "kill", readyMs, settleMs: Math.min(settleMs, SHORT_MS) };
}

/** Short wait for a container that did not stop in an earlier phase. */
function briefStop(again: RunOutcome | undefined): Pick<RunOptions, "stopMs"> {
  return wasForced(again) ? { stopMs: BRIEF_STOP_MS } : {};
}

function wasForced(outcome: RunOutcome | undefined): boolean {
  return outcome?.status === "serving" && outcome.forced;
}

/** Wait for readiness: short for a container that opened no port during the first, full wait. */
function readyMsAfter(podContainer: PodContainer, before: Outcomes): number {
  const outcome = before.get(podContainer);
  const { readyMs, settleMs } = podContainer.plan.waits;
  return outcome?.status === "serving" && outcome.by === "nothing" ? settleMs : readyMs;
}

/**
 * Maximum wait for readiness on a writable root. It is not shortened for a container that may have hung
 * because of the read-only root.
 */
function readyMsOnOtherRoot(podContainer: PodContainer, before: Outcomes): number {
  const { stimuli, waits } = podContainer.plan;
  return isExpected(stimuli) ? waits.readyMs : readyMsAfter(podContainer, before);
}

function worked(outcome: RunOutcome | undefined): boolean {
  return outcome?.status === "serving" || outcome?.status === "completed";
}
