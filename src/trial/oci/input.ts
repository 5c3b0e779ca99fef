import type { ContainerUser } from "../../start/container-user.ts";
import type { IdShift } from "../rootfs/ownership.ts";

/** Resolved properties of a trial's container. */
export interface OciConfigInput {
  /** Absolute directory on which the container's root file system is mounted. */
  readonly root: string;
  /** securityContext.readOnlyRootFilesystem. */
  readonly readOnlyRoot: boolean;
  readonly argv: readonly string[];
  /** `NAME=value`, complete: see containerProcess(). */
  readonly env: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly user: ContainerUser;
  readonly hostname: string;
  /** Capabilities that the securityContext adds and Restricted allows: see addedCapabilities(). */
  readonly capabilities: readonly string[];
  readonly mounts: readonly ContainerMount[];
  /** `/proc/PID/ns/net` of the pod; absent: one of its own. */
  readonly networkNamespace?: string;
  /** IPC namespace of the pod, when its containers share one. */
  readonly ipcNamespace?: string;
  /** A user namespace of its own. */
  readonly ids?: IdShift;
  /** pod.spec.securityContext.sysctls, by name. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Cgroup of the container; absent: rlimits are the only limits. */
  readonly cgroup?: ContainerCgroup;
  /** Instead of cgroups: the most processes of the user on the whole machine (RLIMIT_NPROC). */
  readonly userProcesses?: number;
  /** Node's `process.arch`; default: this machine's. */
  readonly architecture?: string;
}

/** An additional mount of the container. Parents precede children. */
export type ContainerMount =
  /** A directory or file of the host: an emptyDir, a ConfigMap's file, /etc/hosts. */
  | { readonly kind: "bind"; readonly path: string; readonly source: string; readonly readOnly: boolean }
  /** Memory that is gone with the container. */
  | {
      readonly kind: "tmpfs";
      readonly path: string;
      readonly bytes: number;
      readonly inodes: number;
      /** Default 0o1777. */
      readonly mode?: number;
      readonly gid?: number;
    };

export interface ContainerCgroup {
  /** Path below the runtime's parent: `/douane/ID`. */
  readonly path: string;
  readonly memoryBytes?: number;
  /** Cores: 0.5 is half of one. */
  readonly cpus?: number;
  readonly pids?: number;
}
