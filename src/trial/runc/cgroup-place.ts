import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { canLimitBelow, canMakeCgroups, cgroupIn, isUnified, ownCgroup } from "./cgroups.ts";
import { inScope, type UserSystemd } from "./scope.ts";

const run = promisify(execFile);
/** Time in milliseconds after which a user's systemd without an answer counts as missing. */
const ANSWER_MS = 3_000;

/** Parent of the cgroups of trials. */
export interface CgroupPlace {
  /** Path below the mount of each controller: `/`, `/a/b`. */
  readonly parent: string;
  /** The user's systemd, which creates a scope below `parent` for each pod. */
  readonly scopes?: UserSystemd;
}

/** Parent of cgroups for root. */
export function placeOfRoot(): CgroupPlace | undefined {
  return canMakeCgroups() ? { parent: "/" } : undefined;
}

/**
 * Finds delegated cgroups for a user other than root: from the user's systemd, which creates a scope on
 * request, or from the surrounding service, if it keeps its own processes in a subgroup (DelegateSubgroup=).
 * The cgroup of this process is unusable: limits below it are impossible while it contains processes, and
 * moving other processes is not allowed.
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

/** Creates a scope, which fails if it cannot set all required limits, and returns its location. */
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

/** Prefix of the names of a pod's cgroups, by which guardian and supervisor find them. */
export function cgroupsOfPod({ parent, scopes }: CgroupPlace, name: string): string {
  return join(parent, ...(scopes === undefined ? [] : [`${name}.scope`]), name).slice(1);
}
