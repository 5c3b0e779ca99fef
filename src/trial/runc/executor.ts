import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { TrialExecutorFacts } from "../../contract/trial-facts.ts";
import type { Capabilities, Executor, ExecutorProblem, PodDraft, PodRunner } from "../plan/executor.ts";
import type { PodPlan, Tools } from "../plan/plan.ts";
import { type CgroupPlace, cgroupsOfPod, delegatedPlace, placeOfRoot } from "./cgroup-place.ts";
import { cgroupName, isUnified, removeLeftCgroups } from "./cgroups.ts";
import { freeIds, type IdRange } from "./free-ids.ts";
import { isKnownVulnerable } from "./known-vulnerable.ts";
import { inNamespaces } from "./namespaces.ts";
import {
  crunWithoutCgroups,
  missingTools,
  namespacesRefused,
  noSubordinateIds,
  notLinux,
  vulnerableRuntime,
} from "./problems.ts";
import { runSupervisor } from "./run-supervisor.ts";
import type { UserSystemd } from "./scope.ts";
import { scratchFor } from "./scratch.ts";
import { findTools, type RuntimeName, type ToolName } from "./tools.ts";

const run = promisify(execFile);
/** Number of uids and gids of Linux. */
const ALL_IDS = 2 ** 32 - 1;

/**
 * Runs pods on this machine with runc, or with crun if runc is missing: as root, or as root of a new user
 * namespace.
 */
export function runcExecutor(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Executor {
  return {
    capabilities: async (signal) => (platform === "linux" ? look(env, signal) : refused(notLinux(platform))),
  };
}

async function look(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Capabilities> {
  const rootless = process.getuid?.() !== 0;
  const tools = findTools(env["PATH"]);
  const runtime: RuntimeName = !tools.has("runc") && tools.has("crun") ? "crun" : "runc";
  const needed: readonly ToolName[] = [
    ...([runtime, "unshare", "setpriv", "mount", "umount", "ip", "mkfifo", "nsenter", "cat", "sh"] as const),
    ...(rootless ? (["newuidmap"] as const) : []),
  ];
  const missing = needed.filter((name) => !tools.has(name));
  if (missing.length > 0) return refused(missingTools(missing));
  const canName = !rootless || hasSubordinateIds();
  const [version, idMap] = await Promise.all([
    versionOf(tools.get(runtime) ?? runtime, signal),
    canName ? tryNamespaces(tools, rootless, signal) : "",
  ]);
  if (runtime === "runc" && isKnownVulnerable(version)) return refused(vulnerableRuntime(version));
  if (runtime === "crun" && !isUnified()) return refused(crunWithoutCgroups());
  if (!canName) return refused(noSubordinateIds(userInfo().username, idsNobodyHas()));
  if (typeof idMap !== "string") return refused(idMap);
  const cgroups = rootless ? await delegatedPlace(userSystemd(tools, env), signal) : placeOfRoot();
  const kind = cgroups === undefined ? "rlimit" : "cgroup";
  const facts: TrialExecutorFacts = {
    name: runtime,
    version,
    mode: rootless ? "rootless" : "root",
    limits: { memory: kind, processes: kind },
    ...(tools.has("ss") && tools.has("stdbuf") ? {} : { missesBriefCalls: true }),
  };
  return {
    available: true,
    facts,
    idCount: rootless ? mappedIds(idMap) : ALL_IDS,
    pods: podRunner(tools, runtime, { rootless, cgroups }),
  };
}

/** Version of the runtime. crun needs a state folder even for this, so it gets one. */
async function versionOf(runtime: string, signal: AbortSignal): Promise<string> {
  const { stdout } = await run(runtime, ["--root", "/", "--version"], { signal });
  return /^(?:runc|crun) version (\S+)/.exec(stdout)?.[1] ?? "unknown";
}

function refused(problem: ExecutorProblem): Capabilities {
  return { available: false, problems: [problem] };
}

/** Uid map of the namespace, or the reason why the namespace is refused. */
async function tryNamespaces(
  tools: ReadonlyMap<ToolName, string>,
  rootless: boolean,
  signal: AbortSignal,
): Promise<string | ExecutorProblem> {
  const [file, ...args] = inNamespaces(tools, rootless, ["/bin/cat", "/proc/self/uid_map"]);
  try {
    return (await run(file, args, { signal, cwd: "/" })).stdout;
  } catch (error) {
    signal.throwIfAborted();
    const said = (error as { readonly stderr?: string }).stderr ?? String(error);
    return namespacesRefused(said.trim().slice(0, 500), rootless);
  }
}

/** Number of ids, starting at 0, that the map covers without a gap. */
function mappedIds(map: string): number {
  let next = 0;
  const rows = map
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  for (const [inside = 0, , count = 0] of rows.toSorted(([a = 0], [b = 0]) => a - b)) {
    if (inside > next) break;
    next = Math.max(next, inside + count);
  }
  return next;
}

/** The user's systemd, found at its default path, since CI jobs often lack a session. */
function userSystemd(
  tools: ReadonlyMap<ToolName, string>,
  { XDG_RUNTIME_DIR }: Readonly<Record<string, string | undefined>>,
): UserSystemd | undefined {
  const systemdRun = tools.get("systemd-run");
  const runtimeDirectory = XDG_RUNTIME_DIR ?? `/run/user/${userInfo().uid}`;
  return systemdRun === undefined ? undefined : { systemdRun, runtimeDirectory };
}

const DELEGATED = ["/etc/subuid", "/etc/subgid"];

function idsNobodyHas(): IdRange {
  return freeIds(DELEGATED.map(read), ["/etc/passwd", "/etc/group"].map(read));
}

function hasSubordinateIds(): boolean {
  const { username, uid } = userInfo();
  return DELEGATED.every((file) => {
    return read(file)
      .split("\n")
      .some((line) => line.startsWith(`${username}:`) || line.startsWith(`${uid}:`));
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Number of pods that this process has started, for distinct cgroup names. */
let pods = 0;

function podRunner(
  found: ReadonlyMap<ToolName, string>,
  runtime: RuntimeName,
  { rootless, cgroups }: { readonly rootless: boolean; readonly cgroups: CgroupPlace | undefined },
): PodRunner {
  const tools = { ...Object.fromEntries(found), runtime: found.get(runtime) } as Tools;
  return {
    plan: ({ within, needed, ...draft }: PodDraft): PodPlan => {
      pods += 1;
      const scratch = scratchFor([...needed, process.execPath, import.meta.dirname, ...found.values()]);
      if (cgroups !== undefined && pods === 1) removeLeftCgroups(cgroups.parent);
      const cgroup = cgroups === undefined ? {} : { cgroup: cgroupsOfPod(cgroups, cgroupName(pods)) };
      return { ...draft, tools, scratch, ...cgroup, ...within({ scratch, ...cgroup }) };
    },
    run: async (plan, onMessage, signal, words = []) => {
      const scopes = cgroups?.scopes;
      await runSupervisor(plan, onMessage, { tools: found, rootless, scopes, signal, words });
    },
  };
}
