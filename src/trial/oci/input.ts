import type { ContainerUser } from "../../start/container-user.ts";
import type { IdShift } from "../rootfs/user-namespace-ids.ts";

/** Resolved properties of a trial's container. */
export interface OciConfigInput {
  /** Absolute directory on which the container's root file system is mounted. */
  readonly root: string;
  /** Value of securityContext.readOnlyRootFilesystem. */
  readonly readOnlyRoot: boolean;
  readonly argv: readonly string[];
  /** All variables as `NAME=value`: see containerProcess(). */
  readonly env: readonly string[];
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly user: ContainerUser;
  readonly hostname: string;
  /** Capabilities that the securityContext adds and Restricted allows: see addedCapabilities(). */
  readonly capabilities: readonly string[];
  readonly mounts: readonly ContainerMount[];
  /** Network namespace of the pod, `/proc/PID/ns/net`; absent for a new one. */
  readonly networkNamespace?: string;
  /** IPC namespace of the pod, if its containers share one. */
  readonly ipcNamespace?: string;
  /** Id range of the container's own user namespace, if any. */
  readonly ids?: IdShift;
  /** Sysctls by name, from pod.spec.securityContext.sysctls. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Cgroup of the container; absent: rlimits are the only limits. */
  readonly cgroup?: ContainerCgroup;
  /** Maximum number of processes of the user on the whole machine (RLIMIT_NPROC), used instead of cgroups. */
  readonly userProcesses?: number;
  /** Architecture as in Node's `process.arch`; default: this machine's. */
  readonly architecture?: string;
}

/** An additional mount of the container. Parents precede children. */
export type ContainerMount =
  /** A directory or file of the host: an emptyDir, a ConfigMap's file, /etc/hosts. */
  | { readonly kind: "bind"; readonly path: string; readonly source: string; readonly readOnly: boolean }
  /** A tmpfs, removed with the container. */
  | {
      readonly kind: "tmpfs";
      readonly path: string;
      readonly bytes: number;
      readonly inodes: number;
      /** Mode of the directory; default 0o1777. */
      readonly mode?: number;
      readonly gid?: number;
    };

export interface ContainerCgroup {
  /** Cgroup path below the runtime's parent: `/douane/ID`. */
  readonly path: string;
  readonly memoryBytes?: number;
  /** Number of cores; 0.5 is half a core. */
  readonly cpus?: number;
  readonly pids?: number;
}
