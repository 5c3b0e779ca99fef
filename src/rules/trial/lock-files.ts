import { posix } from "node:path";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";

/** A file that may be a lock. */
export type LockFile = Pick<Observed<"write">, "area" | "path">;

/** Maximum number of bytes of a lock file: a host name, a process and a time. Lists of packages are longer. */
const LONGEST = 300;
/** Names of files, folders and links by which programs keep a second instance away. */
const NAME = /(?:^|[._-])(?:lock|lck|pid|mutex|leader)$|^(?:lockfile|singletonlock|owner)$|^\.#./i;

/**
 * Files, folders and links that exist at the end of a phase and look like a file-based lock (O_EXCL, mkdir):
 * by name, or because their content has the pod's host name. A path that contains the host name is excluded:
 * each pod has its own.
 */
export function lockFiles(
  trial: TrialFacts,
  { name, pod }: Pick<WorkloadFacts, "name" | "pod">,
): readonly LockFile[] {
  const isOwn = namesPod(name, pod.spec.hostname);
  return observed(trial.observations, "write").filter((write) => {
    const { path, change, type, bytes, sample = "" } = write;
    if (change === "deleted" || isOwn(path)) return false;
    if (type === "other" || (type === "file" && bytes > LONGEST)) return false;
    return NAME.test(posix.basename(path)) || isOwn(sample);
  });
}

/** Whether a text contains a host name of the workload's pods, as formed by the trial or by controllers. */
function namesPod(name: string, hostname: string | undefined): (text: string) => boolean {
  const base = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, SHORTEST);
  const isName = (word: string) =>
    word === hostname || (word.startsWith(base) && MADE.test(word.slice(base.length)));
  return (text) => [...text.matchAll(WORDS)].some(([word]) => isName(word));
}

const WORDS = /[a-z0-9-]{1,200}/g;
/** Ordinal of a StatefulSet's pod, or suffixes of a ReplicaSet and its pod. */
const MADE = /^[a-z0-9-]{0,60}-(?:\d{1,3}|[a-z0-9]{9}-[a-z0-9]{5})$/;

/** Characters of the workload's name that each host name keeps. */
const SHORTEST = 40;
