import { constants } from "node:os";
import type { ExitEvent, ReadyEvent } from "../../contract/trial-facts.ts";
import { runPostStart, runPreStop } from "./hooks.ts";
import type { Phase } from "./journal.ts";
import { lookBack } from "./look-back.ts";
import type { Pod } from "./pod.ts";
import { type ProcessEnd, signalNumber } from "./process-end.ts";
import type { Container } from "./running-container.ts";
import { StartError } from "./runtime.ts";
import { askHttp, observeProcesses, tryPorts, tryProbes } from "./stimulate.ts";
import { waitReady } from "./wait-ready.ts";

/** A killed process is gone at once, unless the kernel holds it. */
const KILL_MS = 30_000;

export interface Course {
  /** Declared probes and health paths; without, only ports are tried. */
  readonly probes: boolean;
  readonly end: "kill" | "stop";
  readonly readyMs: number;
  readonly settleMs: number;
}

export type LifeOutcome =
  | { readonly was: "start-failed" }
  | { readonly was: "exited"; readonly code: number | undefined }
  /** Ended by us; `forced`: it had not stopped when asked to. */
  | { readonly was: "serving"; readonly by: ReadyEvent["by"]; readonly forced: boolean };

/** One run of the container, from its start to its end and what it left. */
export async function live(pod: Pod, phase: Phase, course: Course): Promise<LifeOutcome> {
  return pod.journal.phase(phase, async () => {
    const container = await begin(pod, phase);
    if (container === undefined) return { was: "start-failed" };
    const started = performance.now();
    try {
      return await serve(pod, container, course, started);
    } finally {
      await lookBack(pod, container);
    }
  });
}

/** A batch: it ends by itself, or is ended when its time is up. */
export async function runBatch(pod: Pod, phase: Phase, ms: number): Promise<LifeOutcome> {
  return pod.journal.phase(phase, async () => {
    const container = await begin(pod, phase);
    if (container === undefined) return { was: "start-failed" };
    const started = performance.now();
    try {
      const postStart = runPostStart(pod, container, ms);
      const end = await container.waitForEnd(ms);
      await postStart;
      if (end !== undefined) return exited(pod, container, end, started);
      await kill(pod, container);
      return { was: "serving", by: "nothing", forced: false };
    } finally {
      await lookBack(pod, container);
    }
  });
}

async function begin({ containers, journal, watch }: Pod, { root }: Phase): Promise<Container | undefined> {
  watch.reset();
  try {
    const container = await containers.create({ readOnly: root === "read-only" });
    await container.start();
    return container;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    journal.observe({ kind: "start-failed", message: error.message });
    return undefined;
  }
}

async function serve(pod: Pod, container: Container, course: Course, started: number): Promise<LifeOutcome> {
  const postStart = runPostStart(pod, container, course.readyMs);
  const by = await waitReady(pod, container, course.readyMs);
  await postStart;
  const early = container.end();
  if (early !== undefined) return exited(pod, container, early, started);
  pod.journal.observe({ kind: "ready", by, afterMs: since(started) });
  await observeProcesses(pod);
  await stimulate(pod, container, course);
  const end = container.end();
  if (end !== undefined) return exited(pod, container, end, started);
  const forced = course.end === "stop" ? await stop(pod, container) : await kill(pod, container);
  return { was: "serving", by, forced };
}

async function stimulate(pod: Pod, container: Container, { probes, settleMs }: Course): Promise<void> {
  const tried = new Set<number>();
  const open = await tryPorts(pod, tried);
  if (probes) {
    await tryProbes(pod, container);
    await askHttp(pod, open);
  }
  await container.waitForEnd(settleMs);
  if (container.end() !== undefined) return;
  const late = await tryPorts(pod, tried);
  if (probes) await askHttp(pod, late);
}

function exited(
  { journal }: Pod,
  { events, overrun }: Container,
  end: ProcessEnd,
  started: number,
): LifeOutcome {
  const outOfMemory = events.outOfMemory ? ({ outOfMemory: true } as const) : {};
  journal.observe({
    kind: "exit",
    by: overrun ? "kill" : "itself",
    afterMs: since(started),
    ...end,
    ...outOfMemory,
  });
  return { was: "exited", code: end.code };
}

async function kill(pod: Pod, container: Container): Promise<false> {
  pod.journal.observe(await ended(container, "kill", constants.signals.SIGKILL, KILL_MS));
  return false;
}

async function stop(pod: Pod, container: Container): Promise<boolean> {
  const { stimuli } = pod.plan;
  const graceMs = await runPreStop(pod, container);
  const asked = performance.now();
  const exit = await ended(container, "stop", signalNumber(stimuli.stopSignal), graceMs);
  if (container.end() !== undefined) {
    pod.journal.observe(exit);
    return false;
  }
  const end = await ended(container, "kill", constants.signals.SIGKILL, KILL_MS);
  pod.journal.observe({ ...end, by: "stop", afterMs: since(asked), forced: true });
  return true;
}

async function ended(
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

function since(started: number): number {
  return Math.round(performance.now() - started);
}
