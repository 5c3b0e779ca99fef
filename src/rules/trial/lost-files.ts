import { mayBeState } from "../../contract/temporary-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { logLikeFiles } from "../../observations/log-like.ts";
import { observed } from "../../observations/observed.ts";
import { phaseRun, runOn, worked } from "../../observations/phase-run.ts";
import { instanceFiles, rootWritesIn } from "./instance-files.ts";
import { timesOnly } from "./times-only.ts";

/**
 * First file on the root for which a restart on the same root leaves open whether it is state: its content
 * changed although it was not read first, or it is unchanged and no replica shows whether the content differs
 * between instances.
 */
export function openFile(trial: TrialFacts): string | undefined {
  const stamps = timesOnly(trial);
  const lost = lostFiles(trial).filter((path) => !stamps.has(path));
  const again = phaseRun(trial, "kept");
  if (lost.length === 0 || !worked(again)) return lost[0];
  const { first } = instanceFiles(trial);
  const writes = new Map(rootWritesIn(again).map((write) => [write.path, write]));
  const reread = new Set(observed(again.observations, "reread").map(({ path }) => path));
  const isCompared = worked(runOn(trial, "replica", "writable"));
  return lost.find((path) => {
    const write = writes.get(path);
    if (write !== undefined && write.change !== "deleted" && write.digest !== first.get(path)?.digest)
      return true;
    return !isCompared && (reread.has(path) || write !== undefined);
  });
}

/** Files written to the root, which a new container does not have. */
function lostFiles(trial: TrialFacts): readonly string[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  return observed(phaseRun(trial, "writable").observations, "write")
    .filter(({ area, type, change, bytes }) => {
      return area === "/" && type === "file" && change !== "deleted" && bytes > 0;
    })
    .map(({ path }) => path)
    .filter((path) => !logs.has(path) && mayBeState(path));
}
