import type { TrialObservation, TrialPhaseFacts } from "../contract/trial-facts.ts";

/**
 * What the supervisor of one pod is to do: plain JSON, everything decided beforehand. All paths of
 * the host lie below `scratch`, where the supervisor mounts memory of its own.
 */
export interface PodPlan {
  readonly name: "main" | "replica";
  /** process.hrtime in milliseconds when the trial began: the kernel's clock is every process's. */
  readonly origin: number;
  /** The pod ends by itself after this, whatever its container does. */
  readonly deadlineMs: number;
  readonly tools: Tools;
  /** An existing directory that nobody needs meanwhile: a tmpfs hides it in the supervisor's mount namespace. */
  readonly scratch: string;
  /** Unpacked, absolute, bottom first. */
  readonly layers: readonly string[];
  readonly mountOptions: readonly string[];
  readonly hostname: string;
  readonly areas: readonly AreaPlan[];
  readonly dependencies: readonly DependencyPlan[];
  readonly container: ContainerPlan;
  readonly stimuli: StimuliPlan;
  readonly waits: WaitsPlan;
}

/** Absolute paths of the programs that are needed. */
export interface Tools {
  /** runc or crun: an OCI runtime that takes runc's command line. */
  readonly runtime: string;
  readonly ip: string;
  readonly mount: string;
  readonly umount: string;
  readonly mkfifo: string;
}

interface ContainerPlan {
  /** config.json of the OCI runtime; root, cgroup and read-only flag are the supervisor's to set. */
  readonly config: RuntimeConfig;
  /** First part of the names of its cgroups, below the mount of each controller; absent: no cgroups. */
  readonly cgroup?: string;
  /** Who has this many processes is ended: a fork bomb would take all processors from everyone. */
  readonly processes: number;
}

/** As much of config.json as the supervisor reads. */
interface RuntimeConfig {
  readonly linux: { readonly sysctl: Readonly<Record<string, string>> };
}

/** Something of the trial's that is mounted into the container and outlives it. */
export interface AreaPlan {
  /** In the container. */
  readonly path: string;
  /** Of the host, below scratch. */
  readonly source: string;
  /** Written before the start, by name without `/`; an area with files cannot be written by the container. */
  readonly files?: Readonly<Record<string, string>>;
  readonly mode: number;
  readonly gid: number;
  readonly bytes: number;
  readonly inodes: number;
}

/** A name that the pod's DNS answers to, and the ports that are open there, silent. */
export interface DependencyPlan {
  readonly name: string;
  readonly ports: readonly number[];
}

export interface ProbePlan {
  readonly why: "readiness" | "liveness" | "startup";
  readonly does:
    | { readonly http: HttpTarget }
    | { readonly tcp: { readonly port: number } }
    | { readonly exec: readonly string[] };
  readonly timeoutMs: number;
}

export interface HttpTarget {
  readonly port: number;
  readonly path: string;
  readonly scheme: "http" | "https";
  readonly headers: Readonly<Record<string, string>>;
}

export interface StimuliPlan {
  readonly lifetime: "server" | "batch";
  readonly ports: readonly number[];
  readonly probes: readonly ProbePlan[];
  /** Tried on each port that speaks HTTP. */
  readonly paths: readonly string[];
  /** Asked for once ready, so that code runs that the probes do not reach. */
  readonly warmUp: readonly string[];
  /** `SIGTERM`, `SIGRTMIN+3`, `15`. */
  readonly stopSignal: string;
}

interface WaitsPlan {
  readonly readyMs: number;
  readonly settleMs: number;
  readonly graceMs: number;
}

/** What a supervisor says, one line of JSON each. */
export type FromSupervisor =
  | { readonly type: "observation"; readonly observation: TrialObservation }
  | { readonly type: "phase"; readonly phase: TrialPhaseFacts }
  | { readonly type: "done" }
  | { readonly type: "failure"; readonly message: string };
