import { type Available, availableExecutor } from "../../trial/available-executor.ts";
import type { Assessment } from "../assessment.ts";
import { type UnpackDirectory, unpackDirectory } from "./unpack-directory.ts";

/** What it takes to run containers. */
export interface TrialMeans {
  readonly executor: Available;
  /** Where layers are unpacked; dispose of it when the trials are over. */
  readonly directory: UnpackDirectory;
  /** Pods that may run side by side. */
  readonly atATime: number;
}

/** @throws UnavailableError `trial-unavailable` */
export async function trialMeans({ ports }: Assessment): Promise<TrialMeans> {
  const executor = await availableExecutor(ports.env, ports.signal);
  return { executor, directory: await unpackDirectory(ports.cache), atATime: 1 };
}
