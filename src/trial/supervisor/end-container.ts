import { constants } from "node:os";
import type { ExitEvent } from "../../contract/trial-events.ts";
import type { ContainerRun } from "./container-run.ts";
import { endsByDefault, handlesSignal } from "./handled-signal.ts";
import { runPreStop } from "./hooks.ts";
import { type ProcessEnd, signalNumber } from "./process-end.ts";
import { isStarved, ProcessorShare } from "./processor-share.ts";
import type { Container } from "./running-container.ts";

/** A killed process is gone at once, unless the kernel holds it. */
const KILL_MS = 30_000;

/** Records that a container ended by itself, or was ended for its many processes. */
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

/** Records that the machine kept a container waiting, if it did. */
export function recordStarved({ podContainer: { log } }: ContainerRun, { share }: ProcessorShare): void {
  if (isStarved(share)) log.observeOnce({ kind: "limit", what: "processor" });
}

/**
 * How a process ends that leaves the signal to the kernel, where the first one of its namespace is the
 * pod's: at once, by that signal. Here it is the first one itself, and only SIGKILL does that to it.
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

/** Whether the container's first process has a handler for the stop signal: the kernel drops one that it has not. */
export function handlesStop({ podContainer: { plan }, container: { pid } }: ContainerRun): boolean {
  return handlesSignal(pid, signalNumber(plan.stimuli.stopSignal));
}

/**
 * Asks a container to stop, as the kubelet does. Gives whether it had to be killed.
 *
 * @param mostMs the longest wait, however long the grace period is
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

/** @returns facts about its end, or those known when the time is over */
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
