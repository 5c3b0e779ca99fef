import { runBatch } from "./batch-run.ts";
import type { RunOptions, RunOutcome } from "./container-run.ts";
import type { Phase } from "./event-log.ts";
import { isBatch, PhaseBarrier } from "./phase-barrier.ts";
import { PhaseParticipant } from "./phase-participant.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { recordRootWrites } from "./root-writes.ts";
import { runServer } from "./server-run.ts";
import { recordRereads, recordVolumeWrites } from "./volume-writes.ts";

/** A container's part in a phase. */
export interface Part {
  readonly options: RunOptions;
  /** Set if the container runs only because others need it; its events are not recorded. */
  readonly silent: boolean;
}

export type Outcomes = ReadonlyMap<PodContainer, RunOutcome>;

/**
 * Starts a pod as the kubelet does, and runs one phase: init containers in sequence, with sidecars in their
 * places, then all others together. A container without a part in the phase is not started, which the others'
 * logs record.
 *
 * @param completed init containers that ran before and are not needed again
 */
export async function startPod(
  pod: Pod,
  phase: Phase,
  parts: ReadonlyMap<PodContainer, Part>,
  completed: ReadonlySet<PodContainer> = new Set(),
): Promise<Outcomes> {
  const began = Date.now();
  const taking = pod.containers.filter((one) => parts.has(one));
  const barrier = new PhaseBarrier(taking);
  const absent = pod.containers.filter((one) => !parts.has(one) && !completed.has(one));
  for (const name of [...pod.plan.absent, ...absent.map(({ plan }) => plan.name)]) barrier.reportAbsent(name);
  const runs: Promise<readonly [PodContainer, RunOutcome]>[] = [];
  const running = new Set<PodContainer>();
  for (const [podContainer, { options, silent }] of parts) {
    podContainer.log.begin(phase, { silent });
    const participant = isBatch(podContainer) ? undefined : new PhaseParticipant(barrier, podContainer);
    const run =
      participant === undefined
        ? runBatch(podContainer, phase.root, options.readyMs, barrier)
        : runServer(podContainer, phase.root, options, participant);
    runs.push(ended(podContainer, run));
    running.add(podContainer);
    if (podContainer.plan.role === "sidecar") await participant?.hasStarted;
    if (podContainer.plan.role !== "init") continue;
    await run;
    if (running.size > 1) continue;
    // The container ran alone, so it caused all changes of volumes.
    recordVolumeWrites(pod, [podContainer], began);
    running.delete(podContainer);
  }
  const outcomes = new Map(await Promise.all(runs));
  recordRootWrites(pod, phase);
  recordVolumeWrites(pod, [...running], began);
  recordRereads(pod, taking);
  pod.ends.clear();
  pod.askedAt.clear();
  for (const { log } of taking) log.close();
  return outcomes;
}

async function ended(
  podContainer: PodContainer,
  run: Promise<RunOutcome>,
): Promise<readonly [PodContainer, RunOutcome]> {
  const outcome = await run;
  podContainer.log.end();
  return [podContainer, outcome];
}
