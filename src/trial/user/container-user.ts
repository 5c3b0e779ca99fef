/** Whom a container's first process runs as, in its user namespace. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  /** Of the process, the primary one among them, as containerd has it. */
  readonly additionalGids: readonly number[];
}
