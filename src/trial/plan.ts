import type { DependencyFailure } from "../contract/trial-dependency.ts";
import type { TrialNews, TrialObservation, TrialPhaseFacts } from "../contract/trial-facts.ts";
import type { Kept } from "./kept.ts";
import type { IdShift } from "./rootfs/ownership.ts";

/**
 * What the supervisor of one pod is to do: plain JSON, everything decided beforehand. All paths of
 * the host lie below `scratch`, where the supervisor mounts memory of its own.
 */
export interface PodPlan {
  readonly name: "main" | "writable" | "replica" | "tried" | "dependency";
  /** Of the first pod: another one runs the writable phase, beside it. */
  readonly apart?: true;
  /** Of a replica: it runs on a writable root at once, so that what it writes there can be compared. */
  readonly onlyWritable?: boolean;
  /** process.hrtime in milliseconds when the trial began: the kernel's clock is every process's. */
  readonly origin: number;
  /** The pod ends by itself after this, whatever its container does. */
  readonly deadlineMs: number;
  /** Whether the supervisor also sends what containers wrote, for --keep. */
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
  /** Of what each container may write to its root, when it may. */
  readonly rootBytes: number;
  readonly dependencies: readonly DependencyPlan[];
  /** Absent: it is a pod on trial. */
  readonly serves?: ServesPlan;
  /** Names of containers that are not here: the others may look for them in vain. */
  readonly absent: readonly string[];
  /** In the order in which they start. */
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
  /** Makes ss tell each at once. */
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
  /** Its own user namespace, in which it may write to its root; absent: it runs in the pod's. */
  readonly ids?: IdShift;
  /** config.json of the OCI runtime; root, cgroup and read-only flag are the supervisor's to set. */
  readonly config: RuntimeConfig;
  /** A container with this many processes is killed: a fork bomb would take all processors from the others. */
  readonly processes: number;
  /** The manifest mounts its root read-only: what it writes where it can is not written in the cluster. */
  readonly rootIsReadOnly: boolean;
  /** Of the mounts, some are tried. */
  readonly triesMounts: boolean;
  /** Volumes of the pod that it can write to. */
  readonly writable: readonly VolumeMount[];
  readonly stimuli: StimuliPlan;
  readonly waits: WaitsPlan;
}

/** As much of config.json as the supervisor reads. */
interface RuntimeConfig {
  readonly process: { readonly user: { readonly uid: number } };
  readonly linux: { readonly sysctl: Readonly<Record<string, string>> };
}

/** A volume where a container mounts it. */
export interface VolumeMount {
  /** In the container. */
  readonly path: string;
  readonly source: string;
}

/** Something of the trial's that is mounted into containers and outlives them. */
export interface VolumePlan {
  /** Of the host, below scratch. */
  readonly source: string;
  /** Where the supervisor mounts it a second time, without access times, so that its own looks leave no trace of reading. */
  readonly view?: string;
  /** Written before the start, by relative path; a volume with files cannot be written by the container. */
  readonly files?: Readonly<Record<string, FilePlan>>;
  /** The files lie behind links, as the kubelet's: it can replace all of them at once. */
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
  /** Where the pod of an image takes connections; absent: nothing answers, the ports are silent. */
  readonly sockets?: SocketsPlan;
}

/** Sockets of a dependency on the host's disk, one for each of its ports: pods have no network in common. */
export interface SocketsPlan {
  readonly directory: string;
  /** Of their names, which end with the port. */
  readonly prefix: string;
}

/** What the supervisor of a dependency's pod does: it keeps its container up, and lets others reach it. */
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

/** `service`: what grpc.health.v1 is asked for; empty: the server as a whole. */
export interface GrpcTarget {
  readonly port: number;
  readonly service: string;
}

/** What the kubelet does right after the start, and before it asks to stop. */
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
  /** UDP ports that are looked for; nobody can tell from outside whether one is open. */
  readonly datagramPorts: readonly number[];
  /** Of `ports`: they are what the image documents, so that another one may be open instead. */
  readonly hint?: boolean;
  /** Among `ports`: what the second replica is told by its variable; the first one is not told any. */
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

/** What the supervisor of the writable phase is told while it runs, one line of JSON each. */
export type SupervisorWord =
  /** Its containers may start. */
  | { readonly type: "begin" }
  /** Which containers worked on the read-only root. */
  | { readonly type: "first-run"; readonly worked: readonly boolean[] };

/** What a supervisor sends, one line of JSON each; `container` is an index of the plan's. */
export type SupervisorMessage =
  | { readonly type: "observation"; readonly container: number; readonly observation: TrialObservation }
  | { readonly type: "kept"; readonly container: number; readonly kept: Kept }
  | { readonly type: "phase"; readonly container: number; readonly phase: TrialPhaseFacts }
  | { readonly type: "news"; readonly container: number; readonly news: TrialNews }
  /** The first phase is over. */
  | { readonly type: "first-run"; readonly worked: readonly boolean[] }
  /** The pod only waits until a container stops, or has something to do again. */
  | { readonly type: "idle"; readonly idle: boolean }
  /** Of a dependency: since its start it took so long until it could be used. */
  | { readonly type: "dependency-ready"; readonly afterMs: number }
  | { readonly type: "dependency-failed"; readonly failure: DependencyFailure }
  | { readonly type: "done" }
  | { readonly type: "failure"; readonly message: string };
