import { LIMITS } from "../../contract/limits.ts";
import { type Available, availableExecutor } from "../../trial/available-executor.ts";
import { trialMachine } from "../../trial/side-by-side.ts";
import { TrialSlots } from "../../trial/trial-slots.ts";
import type { Assessment } from "../run/assessment.ts";
import { type UnpackDirectory, unpackDirectory } from "./unpack-directory.ts";

/** What it takes to run containers. */
export interface TrialMeans {
  readonly executor: Available;
  /** Where layers are unpacked; dispose of it when the trials are over. */
  readonly directory: UnpackDirectory;
  /** Subjects that may be under way at a time; how many of them run is for `slots` to say. */
  readonly atATime: number;
  readonly slots: TrialSlots;
}

/** @throws UnavailableError `trial-unavailable` */
export async function trialMeans({ ports }: Assessment): Promise<TrialMeans> {
  const executor = await availableExecutor(ports.env, ports.signal);
  const machine = trialMachine(executor.facts);
  return {
    executor,
    directory: await unpackDirectory(ports.cache),
    atATime: machine.isolates ? LIMITS.trialsAtOnce : 1,
    slots: new TrialSlots(machine),
  };
}
