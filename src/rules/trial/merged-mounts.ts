import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type DeniedWrite, isLogPath } from "../../observations/denied-writes.ts";
import { areLogs } from "../../observations/log-mounts.ts";
import { contains, type NeededMount } from "../../observations/needed-mounts.ts";

/**
 * Groups writes by the tried mount that permits them, since an application may write to a hundred folders
 * below one folder. Logs stay separate, since their remedy differs.
 */
export function mergedMounts(needed: readonly NeededMount[], trial: TrialFacts): readonly NeededMount[] {
  const mountOf = mountFinder(trial);
  const joined = new Map<string, NeededMount>();
  for (const one of needed) {
    const mount = areLogs(trial, one.writes) ? undefined : mountOf(one.path);
    const path = mount ?? one.path;
    const key = mount === undefined ? `own ${path}` : `tried ${path}`;
    const writes = [...(joined.get(key)?.writes ?? []), ...one.writes];
    joined.set(key, { path, hides: mount === undefined && one.hides, writes });
  }
  return [...joined.values()];
}

/** A denied write, with other denied writes that the same mount permits. */
export interface MergedDenial extends DeniedWrite {
  readonly mount?: string;
  readonly others: number;
}

/** Denied writes, grouped in the same way. */
export function mergedDenials(denied: readonly DeniedWrite[], trial: TrialFacts): readonly MergedDenial[] {
  const mountOf = mountFinder(trial);
  const joined = new Map<string, MergedDenial>();
  for (const one of denied) {
    const mount = isLogPath(one.path) ? undefined : mountOf(one.path);
    const key = mount === undefined ? `own ${one.path}` : `tried ${mount}`;
    const known = joined.get(key);
    if (known !== undefined) joined.set(key, { ...known, others: known.others + 1 });
    else joined.set(key, { ...one, ...(mount === undefined ? {} : { mount }), others: 0 });
  }
  return [...joined.values()];
}

/** Finds the innermost tried mount that contains a path. */
function mountFinder({ tried }: TrialFacts): (path: string) => string | undefined {
  const mounts = (tried?.mounts ?? []).toSorted((a, b) => b.length - a.length);
  return (path) => mounts.find((mount) => contains(mount, path));
}
