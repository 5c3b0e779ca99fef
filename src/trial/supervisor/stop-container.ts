import { constants } from "node:os";
import type { ExitEvent } from "../../contract/trial-events.ts";
import { signalNumber } from "../../start/stop-signal.ts";
import type { ContainerRun } from "./container-run.ts";
import { endsByDefault, handlesSignal } from "./handled-signal.ts";
import { runPreStop } from "./hooks.ts";
import type { ProcessEnd } from "./process-end.ts";
import { isStarved, ProcessorShare } from "./processor-share.ts";
import type { Container } from "./running-container.ts";

/** Maximum wait for a killed process, which ends at once unless the kernel holds it. */
const KILL_MS = 30_000;

/** Records the end of a container that ended by itself, or was killed for too many processes. */
export function recordExit(
  { podContainer, container }: ContainerRun,
  end: ProcessEnd,
  started: number,
): void {
  const { events, overrun } = container;
  const outOfMemory = events.outOfMemory ? ({ outOfMemory: true } as const) : {};
  podContainer.log.observe({
    kind: "exit",
    by: overrun ? "kill" : "itself",
    afterMs: since(started),
    ...end,
    ...outOfMemory,
  });
}

export async function killContainer(run: ContainerRun): Promise<void> {
  const { podContainer, container } = run;
  const handled = handlesStop(run);
  const end = await signalled(container, "kill", constants.signals.SIGKILL, KILL_MS);
  podContainer.log.observe({ ...end, handled });
}

/** Records that a busy machine kept a container waiting, if so. */
export function recordStarved({ podContainer: { log } }: ContainerRun, { share }: ProcessorShare): void {
  if (isStarved(share)) log.observeOnce({ kind: "limit", what: "processor" });
}

/**
 * Exit of a process without a handler for the stop signal. In a pod with a shared process namespace, where
 * the pause container is the first process, the signal ends such a process at once. Here, the process is
 * itself the first process, which only SIGKILL ends.
 */
function endingByDefault({
  podContainer,
  container: { pid },
}: ContainerRun): { readonly number: number; readonly as: Pick<ExitEvent, "signal"> } | undefined {
  const { plan, pod } = podContainer;
  const { stopSignal } = plan.stimuli;
  const isEnded = pod.plan.sharesProcesses === true && endsByDefault(pid, signalNumber(stopSignal));
  return isEnded ? { number: constants.signals.SIGKILL, as: { signal: stopSignal } } : undefined;
}

/**
 * Whether the container's first process has a handler for the stop signal; without one, the kernel drops the
 * signal.
 */
export function handlesStop({ podContainer: { plan }, container: { pid } }: ContainerRun): boolean {
  return handlesSignal(pid, signalNumber(plan.stimuli.stopSignal));
}

/**
 * Stops a container as the kubelet does.
 *
 * @param mostMs maximum wait, even if the grace period is longer
 * @returns whether the container had to be killed
 */
export async function stopContainer(run: ContainerRun, mostMs = Number.POSITIVE_INFINITY): Promise<boolean> {
  const { podContainer, container } = run;
  const { log, plan, pod } = podContainer;
  const graceMs = Math.min(await runPreStop(podContainer, container), mostMs);
  for (const output of container.outputs) output.stops();
  const handled = handlesStop(run);
  const share = new ProcessorShare(container.pid);
  const asked = performance.now();
  const byDefault = endingByDefault(run);
  const exit = await pod.stopWaits.during(
    signalled(container, "stop", byDefault?.number ?? signalNumber(plan.stimuli.stopSignal), graceMs),
    () => log.tell("stops"),
  );
  if (container.end() !== undefined) {
    log.observe({ ...exit, ...byDefault?.as, handled });
    return false;
  }
  const starved = isStarved(share.share) ? ({ starved: true } as const) : {};
  const handledAtEnd = handlesStop(run);
  const end = await signalled(container, "kill", constants.signals.SIGKILL, KILL_MS);
  const stop = { by: "stop", afterMs: since(asked), forced: true, handled, handledAtEnd } as const;
  log.observe({ ...end, ...stop, ...starved });
  return true;
}

/** @returns facts about the container's end, or the facts known when the time is over */
async function signalled(
  container: Container,
  by: ExitEvent["by"],
  signal: number,
  ms: number,
): Promise<ExitEvent> {
  const asked = performance.now();
  container.signal(signal);
  const end = await container.waitForEnd(ms);
  return { kind: "exit", by, afterMs: since(asked), ...end };
}

/** Whole milliseconds since a value of performance.now(). */
export function since(started: number): number {
  return Math.round(performance.now() - started);
}
