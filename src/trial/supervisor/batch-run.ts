import type { ContainerRun, RunOutcome } from "./container-run.ts";
import type { Phase } from "./event-log.ts";
import { runPostStart } from "./hooks.ts";
import type { PhaseBarrier } from "./phase-barrier.ts";
import type { PodContainer } from "./pod.ts";
import { ProcessorShare } from "./processor-share.ts";
import { runContainer } from "./start-container.ts";
import { killContainer, recordExit, recordStarved } from "./stop-container.ts";

/**
 * Runs a batch container, which ends by itself or is ended after a time.
 *
 * @param ms maximum run time in milliseconds
 */
export async function runBatch(
  podContainer: PodContainer,
  root: Phase["root"],
  ms: number,
  barrier: PhaseBarrier,
): Promise<RunOutcome> {
  barrier.join(podContainer);
  const attempt = (): Promise<RunOutcome> =>
    runContainer(podContainer, root, (run, started) => waitForExit(run, ms, barrier, started));
  let outcome = await attempt();
  if (outcome.status === "exited" && outcome.early.length > 0 && (await barrier.haveStarted(outcome.early))) {
    // The kubelet restarts the container.
    outcome = await attempt();
  }
  if (outcome.status === "unfinished") barrier.report(podContainer, "not-ready");
  else if (outcome.status === "exited" || outcome.status === "start-failed")
    barrier.report(podContainer, outcome.status);
  if (podContainer.plan.role !== "init") barrier.examined.arrive();
  barrier.leave(podContainer);
  return outcome;
}

async function waitForExit(
  run: ContainerRun,
  ms: number,
  barrier: PhaseBarrier,
  started: number,
): Promise<RunOutcome> {
  const { podContainer, container } = run;
  const share = new ProcessorShare(container.pid);
  const postStart = runPostStart(podContainer, container, ms);
  const end = await container.waitForEnd(ms);
  await postStart;
  recordStarved(run, share);
  if (end === undefined) {
    await killContainer(run);
    return { status: "unfinished" };
  }
  const early = container.overrun ? [] : barrier.othersStarting(podContainer);
  recordExit(run, end, started);
  return end.code === 0 ? { status: "completed" } : { status: "exited", early };
}
