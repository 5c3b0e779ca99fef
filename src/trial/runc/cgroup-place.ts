import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { canLimitBelow, canMakeCgroups, cgroupIn, isUnified, ownCgroup } from "./cgroups.ts";
import { inScope, type UserSystemd } from "./scope.ts";

const run = promisify(execFile);
/** A user's systemd that does not answer is none. */
const ANSWER_MS = 3_000;

/** Where the containers of trials get their cgroups. */
export interface CgroupPlace {
  /** Below the mount of each controller: `/`, `/a/b`. */
  readonly parent: string;
  /** Each pod has a scope of its own below `parent`, which the user's systemd makes. */
  readonly scopes?: UserSystemd;
}

/** The place that root has. */
export function placeOfRoot(): CgroupPlace | undefined {
  return canMakeCgroups() ? { parent: "/" } : undefined;
}

/**
 * Without root, cgroups are what someone delegates: the user's systemd, which gives a scope to
 * whoever asks, or the service that we run in, when it keeps its own processes in a subgroup
 * (DelegateSubgroup=). Our own cgroup is no place: below it nothing can be limited while it holds
 * us, and whoever else; to move them out of the way is not ours to do.
 */
export async function delegatedPlace(
  systemd: UserSystemd | undefined,
  signal: AbortSignal,
): Promise<CgroupPlace | undefined> {
  if (!isUnified()) return undefined;
  const ofScopes = systemd === undefined ? undefined : await parentOfScopes(systemd, signal);
  if (systemd !== undefined && ofScopes !== undefined) return { parent: ofScopes, scopes: systemd };
  const parent = dirname(ownCgroup() ?? "/");
  return parent !== "/" && canLimitBelow(parent) ? { parent } : undefined;
}

/** Makes a scope, which fails when it may not limit all that we limit, and sees where it lies. */
async function parentOfScopes(systemd: UserSystemd, signal: AbortSignal): Promise<string | undefined> {
  const name = `douane-probe-${process.pid}-${Date.now().toString(36)}`;
  const [file, ...args] = inScope(systemd, name, ["/bin/cat", "/proc/self/cgroup"]);
  try {
    const { stdout } = await run(file, args, { signal, timeout: ANSWER_MS, cwd: "/" });
    const path = cgroupIn(stdout) ?? "";
    const end = `/${name}.scope/supervisor`;
    return path.endsWith(end) && path !== end ? path.slice(0, -end.length) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** First part of the names of a pod's cgroups. Guardian and supervisor find them by it. */
export function cgroupsOfPod({ parent, scopes }: CgroupPlace, name: string): string {
  return join(parent, ...(scopes === undefined ? [] : [`${name}.scope`]), name).slice(1);
}
