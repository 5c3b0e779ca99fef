import type { DependencyFailure } from "../../contract/trial-dependency.ts";
import type { TrialNews, TrialObservation, TrialPhaseFacts } from "../../contract/trial-facts.ts";
import type { IdShift } from "../rootfs/ownership.ts";
import type { Kept } from "./kept.ts";

/**
 * Plan for the supervisor of one pod: plain JSON, with everything resolved. All host paths are below
 * `scratch`, where the supervisor mounts a tmpfs.
 */
export interface PodPlan {
  readonly name: "main" | "writable" | "replica" | "tried" | "dependency";
  /** In the first pod: the writable phase runs in another pod at the same time. */
  readonly apart?: true;
  /** In a replica: it starts on a writable root, so that its writes can be compared. */
  readonly onlyWritable?: boolean;
  /** process.hrtime in milliseconds when the trial began: the kernel's clock is every process's. */
  readonly origin: number;
  /** Time after which the pod ends, whatever its containers do. */
  readonly deadlineMs: number;
  /** The supervisor also sends containers' output, for --keep. */
  readonly keep: boolean;
  readonly tools: Tools;
  /** An existing directory that the pod does not need: a tmpfs hides it in the supervisor's mount namespace. */
  readonly scratch: string;
  readonly hostname: string;
  /** In the cluster the first process of the pod's namespace is the pause container's, and no container's. */
  readonly sharesProcesses?: true;
  /** First part of the names of its cgroups, below the mount of each controller; absent: no cgroups. */
  readonly cgroup?: string;
  readonly volumes: readonly VolumePlan[];
  /** Bytes that each container may write to its root, if writable. */
  readonly rootBytes: number;
  readonly dependencies: readonly DependencyPlan[];
  /** Absent: it is a pod on trial. */
  readonly serves?: ServesPlan;
  /** Names of containers that are not here: the others may look for them in vain. */
  readonly absent: readonly string[];
  /** Containers in starting order. */
  readonly containers: readonly ContainerPlan[];
}

/** Absolute paths of the programs that are needed. */
export interface Tools {
  /** runc or crun: an OCI runtime that takes runc's command line. */
  readonly runtime: string;
  readonly ip: string;
  readonly mount: string;
  readonly umount: string;
  readonly mkfifo: string;
  readonly sh: string;
  readonly unshare: string;
  readonly nsenter: string;
  /** Tells of connections that are closed at once; absent: they may be missed. */
  readonly ss?: string;
  /** Path of stdbuf, which unbuffers the output of ss. */
  readonly stdbuf?: string;
}

/**
 * `init`: it ends before the next container starts. `sidecar`: it has started before the next one
 * does. `app`: these start together.
 */
export type ContainerRole = "init" | "sidecar" | "app";

export interface ContainerPlan {
  readonly name: string;
  readonly role: ContainerRole;
  /** Unpacked, absolute, bottom first. */
  readonly layers: readonly string[];
  readonly mountOptions: readonly string[];
  /** The container's own user namespace, in which it may write to its root; absent: the pod's. */
  readonly ids?: IdShift;
  /** config.json of the OCI runtime; root, cgroup and read-only flag are the supervisor's to set. */
  readonly config: RuntimeConfig;
  /** A container with this many processes is killed: a fork bomb would take all processors from the others. */
  readonly processes: number;
  /** The manifest mounts its root read-only, so writes on a writable root do not occur in the cluster. */
  readonly rootIsReadOnly: boolean;
  /** Some of the mounts are proposals being tried. */
  readonly triesMounts: boolean;
  /** Volumes of the pod that it can write to. */
  readonly writable: readonly VolumeMount[];
  readonly stimuli: StimuliPlan;
  readonly waits: WaitsPlan;
}

/** Fields of config.json that the supervisor reads. */
interface RuntimeConfig {
  readonly process: { readonly user: { readonly uid: number } };
  readonly linux: { readonly sysctl: Readonly<Record<string, string>> };
  readonly mounts: readonly { readonly source: string }[];
}

/** A volume where a container mounts it. */
export interface VolumeMount {
  /** Path in the container. */
  readonly path: string;
  readonly source: string;
}

/** A volume of the trial, which is mounted into containers and outlives them. */
export interface VolumePlan {
  /** Host path, below scratch. */
  readonly source: string;
  /** Second mount for the supervisor, without access times, so that its own reads leave no trace. */
  readonly view?: string;
  /** A folder of another volume of the pod, at a relative path (subPath): bound here when a container first mounts it. */
  readonly within?: { readonly source: string; readonly path: string };
  /** Written before the start, by relative path; a volume with files cannot be written by the container. */
  readonly files?: Readonly<Record<string, FilePlan>>;
  /** Files are behind links, as the kubelet lays them out in order to replace all at once. */
  readonly linked?: true;
  /** Name of its one file, which everybody may write to, and which is empty at every start. */
  readonly message?: string;
  readonly mode: number;
  readonly gid: number;
  readonly bytes: number;
  readonly inodes: number;
}

export interface FilePlan {
  readonly content: string;
  readonly mode: number;
}

/** A name that the pod's DNS answers to, and the ports that are open there. */
export interface DependencyPlan {
  readonly name: string;
  readonly address: string;
  readonly ports: readonly number[];
  /** Sockets of an image's pod; absent: the ports are open and silent. */
  readonly sockets?: SocketsPlan;
}

/** Sockets of a dependency on the host's disk, one for each of its ports: pods have no network in common. */
export interface SocketsPlan {
  readonly directory: string;
  /** Prefix of the sockets' names, which end with the port. */
  readonly prefix: string;
}

/** Plan of a dependency's supervisor: it keeps its container running and reachable. */
export interface ServesPlan {
  readonly sockets: SocketsPlan;
  readonly ports: readonly number[];
  readonly readiness: ReadinessPlan;
}

export interface ReadinessPlan {
  /** Absent: each port takes a connection. */
  readonly exec?: readonly string[];
  /** Ports that the image documents, and may not open: one that is open does, once no other comes. */
  readonly hint?: true;
  readonly timeoutMs: number;
}

export interface ProbePlan {
  readonly why: "readiness" | "liveness" | "startup";
  readonly does:
    | { readonly http: HttpTarget }
    | { readonly tcp: { readonly port: number } }
    | { readonly grpc: GrpcTarget }
    | { readonly exec: readonly string[] };
  readonly timeoutMs: number;
}

export interface HttpTarget {
  readonly port: number;
  readonly path: string;
  readonly scheme: "http" | "https";
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes that are sent to a port that speaks no HTTP, and some of its answer. */
export interface ExchangePlan {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Base64; empty: nothing is sent, the server greets. */
  readonly send: string;
  /** Base64; empty: any answer will do. */
  readonly expect: string;
}

/** Target of a gRPC probe. `service`: argument of grpc.health.v1; empty: the whole server. */
export interface GrpcTarget {
  readonly port: number;
  readonly service: string;
}

/** Hooks that the kubelet runs right after the start and before the stop signal. */
export interface HooksPlan {
  readonly postStart?: HookPlan;
  readonly preStop?: HookPlan;
}

export type HookPlan =
  | { readonly exec: readonly string[] }
  | { readonly http: HttpTarget }
  | { readonly sleepMs: number };

export interface StimuliPlan {
  readonly lifetime: "server" | "batch";
  readonly ports: readonly number[];
  /** UDP ports to look for; their openness cannot be tested from outside. */
  readonly datagramPorts: readonly number[];
  /** The `ports` come from EXPOSE, so another port may be open instead. */
  readonly hint?: boolean;
  /** Port of `ports` given to the second replica in its variable; the first gets none. */
  readonly toldPort?: number;
  readonly probes: readonly ProbePlan[];
  readonly hooks: HooksPlan;
  /** Tried on each port that speaks HTTP. */
  readonly paths: readonly string[];
  /** Asked for once ready, so that code runs that the probes do not reach. */
  readonly warmUp: readonly string[];
  /** Sent once ready, beside a greeting to each port that speaks no HTTP. */
  readonly exchanges: readonly ExchangePlan[];
  /** `SIGTERM`, `SIGRTMIN+3`, `15`. */
  readonly stopSignal: string;
}

interface WaitsPlan {
  readonly readyMs: number;
  readonly settleMs: number;
  readonly graceMs: number;
}

/** Messages to the supervisor of the writable phase, one line of JSON each. */
export type SupervisorWord =
  /** Permission to start its containers. */
  | { readonly type: "begin" }
  /** Containers that worked on the read-only root. */
  | { readonly type: "first-run"; readonly worked: readonly boolean[] };

/** Messages from a supervisor, one line of JSON each; `container` is an index into the plan's. */
export type SupervisorMessage =
  | { readonly type: "observation"; readonly container: number; readonly observation: TrialObservation }
  | { readonly type: "kept"; readonly container: number; readonly kept: Kept }
  | { readonly type: "phase"; readonly container: number; readonly phase: TrialPhaseFacts }
  | { readonly type: "news"; readonly container: number; readonly news: TrialNews }
  /** The first phase is over. */
  | { readonly type: "first-run"; readonly worked: readonly boolean[] }
  /** The pod only waits until a container stops, or has something to do again. */
  | { readonly type: "idle"; readonly idle: boolean }
  /** Time from a dependency's start until it was usable. */
  | { readonly type: "dependency-ready"; readonly afterMs: number }
  | { readonly type: "dependency-failed"; readonly failure: DependencyFailure }
  | { readonly type: "done" }
  | { readonly type: "failure"; readonly message: string };
