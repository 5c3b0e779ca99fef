import { LIMITS } from "../contract/limits.ts";
import { DEFAULT_NAMESPACE } from "../contract/pod-defaults.ts";
import type { TrialSettingsFacts } from "../contract/trial-facts.ts";
import { ociConfig } from "./oci-config.ts";
import type { PodDraft, PodPlace } from "./plan/executor.ts";
import type { ContainerPlan, OwnServicePlan, PodPlan, RequestPlan } from "./plan/plan.ts";
import type { PodName } from "./pod-states.ts";
import { podVolumes } from "./pod-volumes.ts";
import type { ContainerOptions, OwnService, TrialOptions } from "./trial-options.ts";

const HOSTNAME = "pod";
/** Placeholder of the root in config.json, which the supervisor replaces. */
const UNSET_ROOT = "/";

/** A container with its waiting times. */
export interface ContainerDraft {
  readonly options: ContainerOptions;
  readonly settings: TrialSettingsFacts;
  /** Directories at which emptyDirs are tried. */
  readonly tried?: readonly string[];
}

/** Plan of one pod, without the executor's part. */
export function podDraft(
  name: PodName,
  {
    absent = [],
    sysctls,
    hostname = HOSTNAME,
    names,
    sharesProcesses = false,
    ownServices = [],
  }: TrialOptions,
  containers: readonly ContainerDraft[],
  {
    origin,
    deadlineMs,
    dependencies,
    ...more
  }: Pick<PodPlan, "origin" | "deadlineMs" | "dependencies" | "onlyWritable" | "apart">,
): PodDraft {
  return {
    name,
    origin,
    deadlineMs,
    ...more,
    keep: containers.some(({ options }) => options.keep !== undefined),
    hostname,
    namespace: names?.namespace ?? DEFAULT_NAMESPACE,
    ...(sharesProcesses ? { sharesProcesses } : {}),
    dependencies,
    ownServices: ownServicePlans(
      ownServices.filter(({ address }) => dependencies.every((one) => one.address !== address)),
      name === "replica" ? containers.map(({ settings }) => settings) : [],
    ),
    absent,
    needed: [
      ...containers.flatMap(({ options }) => options.layers),
      ...dependencies.flatMap(({ sockets }) => sockets?.directory ?? []),
    ],
    within: (place) => {
      const { volumes, mounted, rootBytes } = podVolumes(
        place.scratch,
        { ...names, hostname },
        containers.map(({ options, tried = [] }) => [
          ...options.mounts,
          ...tried.map((path) => ({ kind: "empty", path }) as const),
        ]),
      );
      const plans = containers.map((container, index) => {
        const { mounts = [], writable = [] } = mounted[index] ?? {};
        const pod = { place, hostname, ...(sysctls === undefined ? {} : { sysctls }) };
        const plan = containerPlan(container, { ...pod, mounts, isReplica: name === "replica" });
        return { ...plan, writable };
      });
      return { volumes, rootBytes, containers: plans };
    },
  };
}

/** @param replicas settings of the containers in the second replica; empty for other pods */
function ownServicePlans(
  services: readonly OwnService[],
  replicas: readonly TrialSettingsFacts[],
): readonly OwnServicePlan[] {
  return services.map((service) => ({
    ...service,
    ports: service.ports.map(({ port, to }) => ({
      port,
      to: [to, ...replicas.flatMap(({ ports, replica }) => (ports.includes(to) ? [replica.port] : []))],
    })),
  }));
}

interface PodParts {
  readonly place: PodPlace;
  readonly hostname: string;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly mounts: Parameters<typeof ociConfig>[0]["mounts"];
  readonly isReplica: boolean;
}

function containerPlan(
  { options, settings, tried = [] }: ContainerDraft,
  { place: { cgroup }, isReplica, ...pod }: PodParts,
): Omit<ContainerPlan, "writable"> {
  const { name, role, layers, mountOptions = [], warmUp = [], exchanges = [], start, limits = {} } = options;
  const { lifetime, readyMs, settleMs, graceMs, stopSignal, triedPaths, replica } = settings;
  const env = isReplica ? withVariable(start.env, replica.variable, `${replica.port}`) : start.env;
  const pids = Math.min(limits.pids ?? LIMITS.trialProcesses, LIMITS.trialProcesses);
  const config = ociConfig({
    ...pod,
    root: UNSET_ROOT,
    readOnlyRoot: true,
    argv: start.argv,
    env: env.some((entry) => entry.startsWith("HOSTNAME=")) ? env : [`HOSTNAME=${pod.hostname}`, ...env],
    cwd: start.cwd,
    user: start.user,
    capabilities: start.capabilities ?? [],
    networkNamespace: "/proc/1/ns/net",
    ipcNamespace: "/proc/1/ns/ipc",
    ...(cgroup === undefined
      ? { userProcesses: pids }
      : { cgroup: { memoryBytes: LIMITS.trialMemoryBytes, ...limits, path: `/${cgroup}`, pids } }),
  });
  return {
    name,
    role,
    layers,
    mountOptions,
    config,
    processes: pids,
    triesMounts: tried.length > 0,
    rootIsReadOnly: options.rootIsReadOnly ?? false,
    stimuli: {
      lifetime,
      ports: isReplica ? [...new Set([replica.port, ...settings.ports])] : settings.ports,
      datagramPorts: settings.datagramPorts ?? [],
      ...(isReplica ? { toldPort: replica.port } : {}),
      ...hintOf(options, isReplica),
      probes: isReplica ? options.probes.filter(({ does }) => "exec" in does) : options.probes,
      ...(isReplica ? readinessOf(options) : {}),
      hooks: options.hooks ?? {},
      hosts: settings.hosts ?? [],
      paths: triedPaths,
      warmUp,
      exchanges,
      stopSignal,
    },
    waits: { readyMs, settleMs, graceMs },
  };
}

/** Readiness probe over the network; commands are among the probes of every phase. */
function readinessOf({ probes }: ContainerOptions): Pick<RequestPlan, "readiness"> {
  const readiness = probes.find(({ why, does }) => why === "readiness" && !("exec" in does));
  return readiness === undefined ? {} : { readiness };
}

/**
 * Whether ports are a hint: a container without declared ports may open any port, whatever port its second
 * replica is given.
 */
function hintOf({ ports, hint }: ContainerOptions, isReplica: boolean): Pick<RequestPlan, "hint"> {
  if (isReplica && ports.length === 0) return { hint: true };
  return hint === undefined ? {} : { hint };
}

/**
 * The variables with this variable set. Earlier entries of the same name are removed, since some programs
 * read the first and others the last.
 */
function withVariable(env: readonly string[], name: string, value: string): readonly string[] {
  return [...env.filter((entry) => !entry.startsWith(`${name}=`)), `${name}=${value}`];
}
