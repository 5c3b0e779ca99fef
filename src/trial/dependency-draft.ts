import { LIMITS } from "../contract/limits.ts";
import { DEFAULT_NAMESPACE } from "../contract/pod-defaults.ts";
import { ROOT_CAPABILITIES } from "./oci/capabilities.ts";
import { ociConfig } from "./oci-config.ts";
import type { PodDraft, PodPlace } from "./plan/executor.ts";
import type { ContainerPlan, PodPlan, ServesPlan } from "./plan/plan.ts";
import { podVolumes } from "./pod-volumes.ts";
import type { ServedDependency } from "./trial-options.ts";

/** Placeholder of the root in config.json, which the supervisor replaces. */
const UNSET_ROOT = "/";
const LONGEST_HOSTNAME = 63;

/**
 * Plan of a dependency's pod, without the executor's part. Its root is writable, and it may run as root of
 * its own user namespace, as images of databases do at start.
 */
export function dependencyDraft(
  dependency: ServedDependency,
  { sockets, ...pod }: Pick<PodPlan, "origin" | "deadlineMs" | "dependencies"> & Pick<ServesPlan, "sockets">,
): PodDraft {
  const { name, layers, ports, readiness } = dependency;
  const hostname = (name.split(".")[0] ?? name).slice(0, LONGEST_HOSTNAME);
  return {
    ...pod,
    name: "dependency",
    keep: false,
    hostname,
    namespace: DEFAULT_NAMESPACE,
    absent: [],
    ownServices: [],
    serves: { sockets, ports, readiness },
    needed: [...layers, ...pod.dependencies.flatMap((one) => one.sockets?.directory ?? [])],
    within: (place) => {
      const { volumes, mounted } = podVolumes(place.scratch, { hostname }, [[]]);
      const mounts = mounted.flatMap((own) => own.mounts);
      return {
        volumes,
        rootBytes: LIMITS.trialDependencyBytes,
        containers: [containerPlan(dependency, { place, hostname, mounts })],
      };
    },
  };
}

function containerPlan(
  { name, layers, mountOptions, ids, start, limits }: ServedDependency,
  {
    place: { cgroup },
    ...pod
  }: {
    readonly place: PodPlace;
    readonly hostname: string;
    readonly mounts: Parameters<typeof ociConfig>[0]["mounts"];
  },
): ContainerPlan {
  const pids = LIMITS.trialProcesses;
  const config = ociConfig({
    ...pod,
    ...start,
    root: UNSET_ROOT,
    readOnlyRoot: false,
    ids,
    capabilities: start.capabilities ?? ROOT_CAPABILITIES,
    ...(cgroup === undefined
      ? { userProcesses: pids }
      : { cgroup: { memoryBytes: LIMITS.trialMemoryBytes, ...limits, path: `/${cgroup}`, pids } }),
  });
  return {
    name,
    role: "app",
    layers,
    mountOptions,
    ids,
    config,
    processes: pids,
    rootIsReadOnly: false,
    triesMounts: false,
    writable: [],
    stimuli: {
      lifetime: "server",
      ports: [],
      datagramPorts: [],
      probes: [],
      hooks: {},
      hosts: [],
      paths: [],
      warmUp: [],
      exchanges: [],
      stopSignal: "SIGKILL",
    },
    waits: { readyMs: 0, settleMs: 0, graceMs: 0 },
  };
}
