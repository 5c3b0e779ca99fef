import { availableParallelism } from "node:os";
import { LIMITS } from "../contract/limits.ts";
import type { TrialExecutorFacts } from "../contract/trial-facts.ts";
import type { ContainerOptions, TrialOptions } from "./trial-options.ts";

/** What trials share. */
export interface TrialMachine {
  readonly cores: number;
  /** That trials may use together. */
  readonly memoryBytes: number;
  /** Whether memory and processes of each container are limited apart: by cgroups. */
  readonly isolates: boolean;
}

/** A trial that has begun. */
export interface RunningTrial {
  /** The most that it may use: see trialMemory(). */
  readonly memoryBytes: number;
  /** It only waits until a container stops. */
  readonly idle: boolean;
}

/**
 * Why another trial must wait. `cores`: each core has a trial that measures. `memory`: all might use
 * more than there is. `isolation`: without cgroups, processes of one count for the other one's limit.
 * `most`: LIMITS.trialsAtOnce.
 */
export type WhyWait = "cores" | "memory" | "isolation" | "most";

/**
 * What keeps a trial from beginning now; undefined: nothing. What a trial measures is time, so that
 * no more may measure than there are cores; one that waits for a server which ignores its stop
 * signal uses none. A trial that is alone always begins.
 *
 * @param memoryBytes the most that the new one may use
 */
export function whyWait(
  machine: TrialMachine,
  running: readonly RunningTrial[],
  memoryBytes: number,
): WhyWait | undefined {
  if (running.length === 0) return undefined;
  if (!machine.isolates) return "isolation";
  if (running.length >= LIMITS.trialsAtOnce) return "most";
  if (running.filter(({ idle }) => !idle).length >= machine.cores) return "cores";
  const all = running.reduce((sum, one) => sum + one.memoryBytes, memoryBytes);
  return all > machine.memoryBytes ? "memory" : undefined;
}

/** Whether a trial may run its writable phase beside the others: their limits hold apart, and all may use what they may. */
export function hasRoomApart(
  machine: TrialMachine,
  running: readonly RunningTrial[],
  { apartBytes }: TrialMemory,
): boolean {
  return (
    machine.isolates && running.reduce((sum, one) => sum + one.memoryBytes, apartBytes) <= machine.memoryBytes
  );
}

/** The most that a trial may use, in bytes; `apart`: with its writable phase beside the others. */
export interface TrialMemory {
  readonly leastBytes: number;
  readonly apartBytes: number;
}

/** Of a trial as many pods run at once, each with a supervisor; a Node process that watches has some 100 MiB. */
const [LEAST_PODS, PODS_APART, SUPERVISOR_BYTES] = [2, 3, 128 * 1024 ** 2];

type Limited = Pick<ContainerOptions, "limits">;

/** Of a trial of these containers. */
export function trialMemory(
  containers: readonly Limited[],
  dependencies: NonNullable<TrialOptions["dependencies"]> = [],
): TrialMemory {
  const served = dependencies.filter((one) => "image" in one);
  const beside = served.length * SUPERVISOR_BYTES + memoryOf(served);
  const pod = SUPERVISOR_BYTES + memoryOf(containers);
  return { leastBytes: LEAST_PODS * pod + beside, apartBytes: PODS_APART * pod + beside };
}

function memoryOf(all: readonly Limited[]): number {
  return all.reduce((sum, { limits = {} }) => sum + (limits.memoryBytes ?? LIMITS.trialMemoryBytes), 0);
}

/** Left to everything else, and to the files that the kernel keeps in memory. */
const SPARE = 0.25;

/** This machine now, as far as the limits of our own cgroup let us use it. */
export function trialMachine({ limits }: Pick<TrialExecutorFacts, "limits">): TrialMachine {
  return {
    cores: availableParallelism(),
    memoryBytes: Math.floor(process.availableMemory() * (1 - SPARE)),
    isolates: limits.memory === "cgroup" && limits.processes === "cgroup",
  };
}
