import { availableParallelism } from "node:os";
import { LIMITS } from "../contract/limits.ts";
import type { TrialExecutorFacts } from "../contract/trial-facts.ts";
import type { ContainerOptions, TrialOptions } from "./trial-options.ts";

/** Resources shared by trials. */
export interface TrialMachine {
  readonly cores: number;
  /** Memory that trials may use in total. */
  readonly memoryBytes: number;
  /** Whether cgroups limit memory and processes of each container separately. */
  readonly isolates: boolean;
}

/** A running trial. */
export interface RunningTrial {
  /** Maximum memory that the trial may use: see trialMemory(). */
  readonly memoryBytes: number;
  /** Whether the trial only waits until a container stops. */
  readonly idle: boolean;
}

/**
 * Reason why another trial must wait. `cores`: each core has a measuring trial. `memory`: together the trials
 * could exceed the memory. `isolation`: without cgroups, processes of one trial count towards the limit of
 * another. `most`: LIMITS.trialsAtOnce.
 */
export type WhyWait = "cores" | "memory" | "isolation" | "most";

/**
 * Reason why a trial cannot start now; undefined if it can start. Trials measure time, so the number of
 * measuring trials is at most the number of cores; a trial that waits for a server ignoring its stop signal
 * uses no core. A single trial can always start.
 *
 * @param memoryBytes maximum memory that the new trial may use
 */
export function blockedBy(
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

/**
 * Whether a trial may run its writable phase concurrently: limits are separate per pod, and memory suffices
 * for all pods.
 */
export function hasRoomApart(
  machine: TrialMachine,
  running: readonly RunningTrial[],
  { apartBytes }: TrialMemory,
): boolean {
  return (
    machine.isolates && running.reduce((sum, one) => sum + one.memoryBytes, apartBytes) <= machine.memoryBytes
  );
}

/** Maximum memory that a trial may use, in bytes; `apart`: with its writable phase beside the others. */
export interface TrialMemory {
  readonly leastBytes: number;
  readonly apartBytes: number;
}

/** Pods of a trial that run at once. */
const LEAST_PODS = 2;
const PODS_APART = 3;
/** Memory of a pod's supervisor; an observing Node process needs about 100 MiB. */
const SUPERVISOR_BYTES = 128 * 1024 ** 2;

type Limited = Pick<ContainerOptions, "limits">;

/** Memory of a trial with these containers. */
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

/** Share of memory left to everything else and to the kernel's page cache. */
const SPARE = 0.25;

/** Resources of this machine, within the limits of our own cgroup. */
export function trialMachine({ limits }: Pick<TrialExecutorFacts, "limits">): TrialMachine {
  return {
    cores: availableParallelism(),
    memoryBytes: Math.floor(process.availableMemory() * (1 - SPARE)),
    isolates: limits.memory === "cgroup" && limits.processes === "cgroup",
  };
}

type Dependencies = NonNullable<TrialOptions["dependencies"]>;

/** Least memory of a container, so that its runtime can start. */
const LEAST_BYTES = 64 * 1024 ** 2;

/**
 * Most memory that each container of a trial gets, so that what runs at once cannot exhaust the machine: a
 * repository sets the limits. Containers that ask for less keep their limits. Undefined if the machine has
 * enough for all.
 *
 * @param machineBytes memory that trials may use in total
 */
export function mostMemory(
  machineBytes: number,
  containers: readonly Pick<ContainerOptions, "limits">[],
  dependencies: Dependencies,
): number | undefined {
  const served = dependencies.filter((one) => "image" in one);
  const pods = Array.from({ length: LEAST_PODS }, () => containers).flat();
  const asked = [...pods, ...served].map((one) => memoryOf([one])).toSorted((one, other) => one - other);
  let left = machineBytes - (LEAST_PODS + served.length) * SUPERVISOR_BYTES;
  for (const [index, bytes] of asked.entries()) {
    const share = Math.floor(left / (asked.length - index));
    if (bytes > share) return Math.max(share, LEAST_BYTES);
    left -= bytes;
  }
  return undefined;
}

/** A container with at most this memory, which its evidence states. */
export function withMostMemory<T extends Pick<ContainerOptions, "limits" | "subject">>(
  options: T,
  most: number,
): T {
  const { limits = {}, subject } = options;
  const { inputs } = subject;
  const stated =
    inputs?.memoryBytes === undefined
      ? subject
      : { ...subject, inputs: { ...inputs, memoryBytes: Math.min(inputs.memoryBytes, most) } };
  return { ...options, limits: atMost(limits, most), subject: stated };
}

/** Dependencies with at most this memory each. */
export function dependenciesWithin(dependencies: Dependencies, most: number): Dependencies {
  return dependencies.map((one) => ("image" in one ? { ...one, limits: atMost(one.limits, most) } : one));
}

function atMost<T extends NonNullable<ContainerOptions["limits"]>>(limits: T, most: number): T {
  return { ...limits, memoryBytes: Math.min(limits.memoryBytes ?? LIMITS.trialMemoryBytes, most) };
}
