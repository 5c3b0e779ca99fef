import type { TrialFacts } from "../../contract/trial-facts.ts";
import { deniedWrites } from "./denied-writes.ts";
import { missingDependencies } from "./missing-dependencies.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "./phase-run.ts";
import { refusedWrite } from "./root-writes.ts";

/** That an application does not start for want of a place to write to. */
export interface RefusedStart {
  /** What it said of that. */
  readonly line: string | undefined;
  /** It starts where the root can be written. */
  readonly ever: boolean;
}

/** @param writes whether it wrote to the writable root, or tried to */
export function refusedStart(trial: TrialFacts, writes: boolean): RefusedStart | undefined {
  const [readOnly, writable] = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  if (worked(readOnly)) return undefined;
  if (worked(writable)) {
    const line = refusedWrite(readOnly);
    const own = readOnly.state !== "hindered" && writes;
    return own || line !== undefined || isTwice(trial, readOnly) ? { line, ever: true } : undefined;
  }
  // On the writable root, its own user was refused.
  const [denied] = hasEnded(writable) ? deniedWrites(writable, trial.mounts) : [];
  return denied === undefined ? undefined : { line: denied.line, ever: false };
}

/** A start that fails once may fail by chance; two pods that fail on one root and work on the other do not. */
function isTwice(trial: TrialFacts, readOnly: PhaseRun): boolean {
  const [second, other] = (["read-only", "writable"] as const).map((root) => runOn(trial, "replica", root));
  return (
    second !== undefined && other !== undefined && hasEnded(readOnly) && hasEnded(second) && worked(other)
  );
}

function hasEnded(run: PhaseRun): boolean {
  return run.state === "exited" && run.exit?.outOfMemory !== true && missingDependencies(run) === undefined;
}
