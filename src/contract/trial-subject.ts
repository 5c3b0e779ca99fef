import type { Digest } from "./image-facts.ts";

/** What a trial's observations are bound to; they count only for the same image and process. */
export interface TrialSubject {
  readonly imageId: Digest;
  /** `os/architecture[/variant]`. */
  readonly platform: string;
  readonly argv: readonly string[];
  /** The working directory. */
  readonly cwd: string;
  readonly user: TrialUser;
  /** Of the container, as the runtime names them, sorted. */
  readonly capabilities: readonly string[];
  /** Sorted. */
  readonly envNames: readonly string[];
  /** Paths of what is mounted into the container, sorted. */
  readonly mounts: readonly string[];
}

/** Whom the process runs as, before the image's /etc/passwd and /etc/group, which the image id fixes. */
export interface TrialUser {
  /** A uid in decimal, or a name: runAsUser, else the image's USER without its group. */
  readonly runAs: string;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  /** Sorted. */
  readonly supplementalGroups: readonly number[];
  /** Without the groups of the image's /etc/group. */
  readonly supplementalGroupsPolicy?: "Strict";
}
