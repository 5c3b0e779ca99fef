import type { Digest } from "./image-facts.ts";

/** Binding of a trial's observations: they count only for the same image and process. */
export interface TrialSubject {
  readonly imageId: Digest;
  /** Platform as `os/architecture[/variant]`. */
  readonly platform: string;
  readonly argv: readonly string[];
  /** The working directory. */
  readonly cwd: string;
  readonly user: TrialUser;
  /** Capabilities of the container, by the runtime's names, sorted. */
  readonly capabilities: readonly string[];
  /** Names of the variables, sorted. */
  readonly envNames: readonly string[];
  /** Mount paths in the container, sorted. */
  readonly mounts: readonly string[];
  /**
   * Inputs by value; absent in trials of older versions, which bound only the names of variables and mounts.
   */
  readonly inputs?: TrialInputs;
}

/**
 * Inputs of the container by value. Places: `env HOST`, `envFrom`, `file /etc/app/app.yml`, `mount /tmp`,
 * `exec`… Values are salted digests; those of Secrets are omitted.
 */
export interface TrialInputs {
  /** Salt of the digests: random, hexadecimal. */
  readonly salt: string;
  /** Set if the trial had a manifest; absent for an image alone. */
  readonly manifest?: true;
  /** Inputs of the manifest by place: salted digests. */
  readonly declared: Readonly<Record<string, string>>;
  /** Inputs from settings, by place. */
  readonly given: readonly GivenInput[];
  /** Missing objects whose values the manifest requires: `Secret db/url`. */
  readonly absent: readonly string[];
  /** Objects that exist several times in the manifests with different contents: `ConfigMap web`. */
  readonly ambiguous: readonly string[];
  /** Settings that the manifest excludes: `trial.env HOST`. */
  readonly withheld: readonly string[];
  /**
   * Memory limit of manifest or settings in bytes; absent if neither has a limit, so that the trial's own
   * limit applied.
   */
  readonly memoryBytes?: number;
  /** CPU limit of manifest or settings, in processors; absent if neither has a limit. */
  readonly cpus?: number;
}

export interface GivenInput {
  readonly place: string;
  /** Digest; absent if the value may be secret, or stands for a Secret's. */
  readonly digest?: string;
  /** Object whose value this value replaces: `Secret db/url`. */
  readonly standsFor?: string;
}

/**
 * User of the process, before a lookup in the image's /etc/passwd and /etc/group, which the image id
 * determines.
 */
export interface TrialUser {
  /** User as a decimal uid or a name: runAsUser, otherwise the image's USER without its group. */
  readonly runAs: string;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  /** Supplementary groups, sorted. */
  readonly supplementalGroups: readonly number[];
  /** Excludes groups of the image's /etc/group. */
  readonly supplementalGroupsPolicy?: "Strict";
}
