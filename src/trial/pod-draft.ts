import { LIMITS } from "../contract/limits.ts";
import type { TrialSettings } from "../contract/trial-facts.ts";
import type { PodDraft, PodPlace } from "./executor.ts";
import { ociConfig } from "./oci-config.ts";
import type { PodPlan } from "./plan.ts";
import { podAreas } from "./pod-areas.ts";
import type { TrialOptions } from "./trial-options.ts";

const HOSTNAME = "pod";
/** Set by ociConfig for each container, and the supervisor's to replace. */
const UNSET_ROOT = "/";

/** The plan of one pod, without what the executor knows. */
export function podDraft(
  name: PodPlan["name"],
  options: TrialOptions,
  settings: TrialSettings,
  { origin, deadlineMs }: Pick<PodPlan, "origin" | "deadlineMs">,
): PodDraft {
  const { layers, mountOptions = [], dependencies = [], warmUp = [], start } = options;
  const { lifetime, readyMs, settleMs, graceMs, stopSignal, triedPaths, replica } = settings;
  const hostname = start.hostname ?? HOSTNAME;
  const isReplica = name === "replica";
  return {
    name,
    origin,
    deadlineMs,
    layers,
    mountOptions,
    hostname,
    dependencies,
    stimuli: {
      lifetime,
      ports: isReplica ? [...new Set([replica.port, ...settings.ports])] : settings.ports,
      probes: isReplica ? [] : options.probes,
      paths: triedPaths,
      warmUp,
      stopSignal,
    },
    waits: { readyMs, settleMs, graceMs },
    within: (place) =>
      containerWithin(place, hostname, {
        options,
        env: isReplica ? withVariable(start.env, replica.variable, `${replica.port}`) : start.env,
      }),
  };
}

function containerWithin(
  { scratch, cgroup }: PodPlace,
  hostname: string,
  { options, env }: { readonly options: TrialOptions; readonly env: readonly string[] },
): Pick<PodPlan, "container" | "areas"> {
  const { start, limits = {} } = options;
  const { areas, mounts } = podAreas(scratch, hostname, options.mounts);
  const pids = Math.min(limits.pids ?? LIMITS.trialProcesses, LIMITS.trialProcesses);
  const config = ociConfig({
    root: UNSET_ROOT,
    readOnlyRoot: true,
    argv: start.argv,
    env: env.some((entry) => entry.startsWith("HOSTNAME=")) ? env : [`HOSTNAME=${hostname}`, ...env],
    cwd: start.cwd,
    user: start.user,
    hostname,
    capabilities: start.capabilities ?? [],
    mounts,
    networkNamespace: "/proc/1/ns/net",
    ipcNamespace: "/proc/1/ns/ipc",
    ...(start.sysctls === undefined ? {} : { sysctls: start.sysctls }),
    ...(cgroup === undefined
      ? { userProcesses: pids }
      : { cgroup: { memoryBytes: LIMITS.trialMemoryBytes, ...limits, path: `/${cgroup}`, pids } }),
  });
  return { areas, container: { config, processes: pids, ...(cgroup === undefined ? {} : { cgroup }) } };
}

/** The last one of a name counts for most programs, the first for some: one is left. */
function withVariable(env: readonly string[], name: string, value: string): readonly string[] {
  return [...env.filter((entry) => !entry.startsWith(`${name}=`)), `${name}=${value}`];
}
