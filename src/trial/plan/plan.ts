import type { DependencyFailure } from "../../contract/trial-dependency.ts";
import type {
  PortHost,
  TrialObservation,
  TrialPhaseFacts,
  TrialProgress,
  TrialSettingsFacts,
} from "../../contract/trial-facts.ts";
import type { IdShift } from "../rootfs/user-namespace-ids.ts";
import type { Kept } from "./kept.ts";

/**
 * Plan for the supervisor of one pod: plain JSON, with everything resolved. All host paths are below
 * `scratch`, where the supervisor mounts a tmpfs.
 */
export interface PodPlan {
  readonly name: "main" | "writable" | "replica" | "tried" | "dependency";
  /** Set in the first pod if the writable phase runs in another pod at the same time. */
  readonly apart?: true;
  /** Set in a replica that starts on a writable root, so that its writes can be compared. */
  readonly onlyWritable?: boolean;
  /** Start of the trial by process.hrtime, in milliseconds: the kernel's clock, the same in every process. */
  readonly origin: number;
  /** Time after which the pod is ended, whatever its containers do. */
  readonly deadlineMs: number;
  /** Whether the supervisor also sends the containers' output, for --keep. */
  readonly keep: boolean;
  readonly tools: Tools;
  /**
   * Existing directory that the pod does not need. A tmpfs covers the directory in the supervisor's mount
   * namespace.
   */
  readonly scratch: string;
  readonly hostname: string;
  /** Namespace of the pod, for its DNS. */
  readonly namespace: string;
  /**
   * Set if the pod's processes share a namespace, whose first process is then the pause container's, as in a
   * cluster.
   */
  readonly sharesProcesses?: true;
  /** Prefix of the names of the pod's cgroups, below the mount of each controller; absent without cgroups. */
  readonly cgroup?: string;
  readonly volumes: readonly VolumePlan[];
  /** Bytes that each container may write to its root, if writable. */
  readonly rootBytes: number;
  readonly dependencies: readonly DependencyPlan[];
  /** Services that choose the pod itself, under addresses that no dependency has. */
  readonly ownServices: readonly OwnServicePlan[];
  /** Set for a dependency's pod; absent for a pod being tried. */
  readonly serves?: ServesPlan;
  /** Names of containers of the pod that are missing here, and that other containers may call in vain. */
  readonly absent: readonly string[];
  /** Containers in starting order. */
  readonly containers: readonly ContainerPlan[];
}

/** Absolute paths of the required programs. */
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
  /**
   * Path of ss, which reports connections that are closed at once; without ss, such connections may be
   * missed.
   */
  readonly ss?: string;
  /** Path of stdbuf, which unbuffers the output of ss. */
  readonly stdbuf?: string;
}

/**
 * `init`: ends before the next container starts. `sidecar`: has started before the next container starts.
 * `app`: start together.
 */
export type ContainerRole = "init" | "sidecar" | "app";

export interface ContainerPlan {
  readonly name: string;
  readonly role: ContainerRole;
  /** Folders of unpacked layers, absolute, bottom first. */
  readonly layers: readonly string[];
  readonly mountOptions: readonly string[];
  /**
   * Id range of the container's own user namespace, in which it may write to its root; absent if it is in the
   * pod's.
   */
  readonly ids?: IdShift;
  /** config.json of the OCI runtime; the supervisor replaces root, cgroup and read-only flag. */
  readonly config: RuntimeConfig;
  /** Number of processes at which a container is killed, since a fork bomb would slow down the others. */
  readonly processes: number;
  /**
   * Set if the manifest mounts the root read-only, so that writes on a writable root do not occur in the
   * cluster.
   */
  readonly rootIsReadOnly: boolean;
  /** Whether some of the mounts are proposals being tried. */
  readonly triesMounts: boolean;
  /** Writable volumes of the pod. */
  readonly writable: readonly VolumeMount[];
  readonly stimuli: RequestPlan;
  readonly waits: TrialWaits;
}

/** Fields of config.json that the supervisor reads. */
interface RuntimeConfig {
  readonly process: { readonly user: { readonly uid: number } };
  readonly linux: { readonly sysctl: Readonly<Record<string, string>> };
  readonly mounts: readonly { readonly source: string }[];
}

/** Volume, as mounted by one container. */
export interface VolumeMount {
  /** Mount path in the container. */
  readonly path: string;
  readonly source: string;
}

/** Volume of the trial, which is mounted into containers and outlives them. */
export interface VolumePlan {
  /** Host path, below scratch. */
  readonly source: string;
  /**
   * Second mount for the supervisor, without access times, so that the supervisor's own reads leave no trace.
   */
  readonly view?: string;
  /** Folder of another volume, by relative path (subPath); bound here when a container first mounts it. */
  readonly within?: { readonly source: string; readonly path: string };
  /** Files to write before the start, by relative path; the container cannot write to a volume with files. */
  readonly files?: Readonly<Record<string, FilePlan>>;
  /** Set if files are behind links, as the kubelet arranges them in order to replace all at once. */
  readonly linked?: true;
  /** Name of the volume's only file, which every user may write and which is emptied at every start. */
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

/** A name that the pod's DNS resolves, with the ports that are open there. */
export interface DependencyPlan {
  readonly name: string;
  readonly address: string;
  readonly ports: readonly number[];
  /**
   * Ports of the Service with this name that lead to other ports of the dependency; absent if there are none.
   */
  readonly forwards?: readonly { readonly port: number; readonly to: number }[];
  /** Sockets of the pod that runs the image; absent: the ports are open and silent. */
  readonly sockets?: SocketsPlan;
}

/** A Service that chooses the pod itself: see OwnService. */
export interface OwnServicePlan {
  readonly name: string;
  readonly address?: string;
  /**
   * Ports of the Service, and ports of the pod to which each leads: the target's, and in the second replica
   * also the port that the target's container got in its port variable.
   */
  readonly ports: readonly { readonly port: number; readonly to: readonly number[] }[];
  readonly publishesUnready?: true;
}

/** Sockets of a dependency on the host's disk, one per port, since pods have no common network. */
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
  /** Command of the readiness test; absent: each port must accept a connection. */
  readonly exec?: readonly string[];
  /**
   * Set if the ports come from EXPOSE and may not all be opened: one open port suffices once no further ports
   * open.
   */
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
  /** Values of declared headers by their canonical name (`Host`, `X-Forwarded-For`), in their order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** Bytes to send to a port without HTTP, and bytes that the answer must contain. */
export interface ExchangePlan {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  /** Bytes to send, base64; empty for a server that sends first. */
  readonly send: string;
  /** Bytes that the answer must contain, base64; empty for any answer. */
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

/** Requests to one container, and its end. */
export interface RequestPlan extends Pick<TrialSettingsFacts, "lifetime" | "ports" | "stopSignal"> {
  /** UDP ports to look for, which cannot be tested from outside. */
  readonly datagramPorts: readonly number[];
  /** Whether the `ports` come from EXPOSE, so that another port may be open instead. */
  readonly hint?: boolean;
  /** One of `ports`, given to the second replica in its port variable; the first replica gets none. */
  readonly toldPort?: number;
  readonly probes: readonly ProbePlan[];
  /** Readiness probe over the network, sent to the second replica once it listens. */
  readonly readiness?: ProbePlan;
  readonly hooks: HooksPlan;
  /** Hosts in requests other than probes and hooks, by port; for other ports, the Host is the address. */
  readonly hosts: readonly PortHost[];
  /** Health paths to request on each HTTP port. */
  readonly paths: readonly string[];
  /** Paths requested once the container is ready, to run code that probes do not reach. */
  readonly warmUp: readonly string[];
  /** Requests sent once the container is ready, besides a greeting to each port without HTTP. */
  readonly exchanges: readonly ExchangePlan[];
}

/** Waiting times in milliseconds. */
export type TrialWaits = Pick<TrialSettingsFacts, "readyMs" | "settleMs" | "graceMs">;

/** Messages to the supervisor of the writable phase, each a line of JSON. */
export type SupervisorWord =
  /** Permission to start the pod's containers. */
  | { readonly kind: "begin" }
  /** Containers that worked on the read-only root. */
  | { readonly kind: "first-run"; readonly worked: readonly boolean[] };

/** Messages from a supervisor, each a line of JSON; `container` is an index into the plan's list. */
export type SupervisorMessage =
  | { readonly kind: "observation"; readonly container: number; readonly observation: TrialObservation }
  | { readonly kind: "kept"; readonly container: number; readonly kept: Kept }
  | { readonly kind: "phase"; readonly container: number; readonly phase: TrialPhaseFacts }
  | { readonly kind: "news"; readonly container: number; readonly news: TrialProgress }
  /** The first phase is over; `worked`: containers that were ready in it. */
  | { readonly kind: "first-run"; readonly worked: readonly boolean[] }
  /** The pod now only waits until a container stops, or is active again. */
  | { readonly kind: "idle"; readonly idle: boolean }
  /** Time from a dependency's start until it was usable. */
  | { readonly kind: "dependency-ready"; readonly afterMs: number }
  | { readonly kind: "dependency-failed"; readonly failure: DependencyFailure }
  | { readonly kind: "done" }
  | { readonly kind: "failure"; readonly message: string };
