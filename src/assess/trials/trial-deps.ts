import { LIMITS } from "../../contract/limits.ts";
import { type Available, availableExecutor } from "../../trial/available-executor.ts";
import { trialMachine } from "../../trial/side-by-side.ts";
import { TrialSlots } from "../../trial/trial-slots.ts";
import type { Assessment } from "../run/assessment.ts";
import { type UnpackDirectory, unpackDirectory } from "./unpack-directory.ts";

/** Services needed to run containers. */
export interface TrialDeps {
  readonly executor: Available;
  /** Folder for unpacked layers, to be disposed of after the trials. */
  readonly directory: UnpackDirectory;
  /** Subjects that may be processed at a time; `slots` decides how many run. */
  readonly atATime: number;
  readonly slots: TrialSlots;
}

/** @throws UnavailableError `trial-unavailable` */
export async function trialDeps({ ports }: Assessment): Promise<TrialDeps> {
  const executor = await availableExecutor(ports.env, ports.signal);
  const machine = trialMachine(executor.facts);
  return {
    executor,
    directory: await unpackDirectory(ports.cache),
    atATime: machine.isolates ? LIMITS.trialsAtOnce : 1,
    slots: new TrialSlots(machine),
  };
}
