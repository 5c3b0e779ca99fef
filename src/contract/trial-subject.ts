import type { Digest } from "./image-facts.ts";

/** Binding of a trial's observations: they count only for the same image and process. */
export interface TrialSubject {
  readonly imageId: Digest;
  /** `os/architecture[/variant]`. */
  readonly platform: string;
  readonly argv: readonly string[];
  /** The working directory. */
  readonly cwd: string;
  readonly user: TrialUser;
  /** Capabilities of the container, by the runtime's names, sorted. */
  readonly capabilities: readonly string[];
  /** Sorted. */
  readonly envNames: readonly string[];
  /** Mount paths in the container, sorted. */
  readonly mounts: readonly string[];
  /** Absent: the trial is of a version that bound the names of variables and mounts, not their values. */
  readonly inputs?: TrialInputs;
}

/**
 * Inputs of the container by value. Places: `env HOST`, `envFrom`, `file /etc/app/app.yml`, `mount /tmp`,
 * `exec`… Values are salted digests; those of Secrets are omitted.
 */
export interface TrialInputs {
  /** Salt of the digests: random, hexadecimal. */
  readonly salt: string;
  /** Absent: an image alone was tried. */
  readonly manifest?: true;
  /** Inputs of the manifest by place: salted digests. */
  readonly declared: Readonly<Record<string, string>>;
  /** Inputs from settings, by place. */
  readonly given: readonly GivenInput[];
  /** Missing objects whose values the manifest requires: `Secret db/url`. */
  readonly absent: readonly string[];
  /** Objects that exist several times in the manifests with different contents: `ConfigMap web`. */
  readonly ambiguous: readonly string[];
  /** Settings that the manifest left no room for: `trial.env HOST`. */
  readonly withheld: readonly string[];
  /** Memory limit that manifest or settings name; absent: neither does, and the trial's own held. */
  readonly memoryBytes?: number;
  /** CPU limit that manifest or settings name, in processors; absent: neither does, and there was none. */
  readonly cpus?: number;
}

export interface GivenInput {
  readonly place: string;
  /** Digest for an image alone; absent if the value may be secret, or stands in for an object's. */
  readonly digest?: string;
  /** Object whose value it replaces: `Secret db/url`. */
  readonly standsFor?: string;
}

/** User of the process, before the image's /etc/passwd and /etc/group, which the image id determines. */
export interface TrialUser {
  /** A uid in decimal, or a name: runAsUser, else the image's USER without its group. */
  readonly runAs: string;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  /** Sorted. */
  readonly supplementalGroups: readonly number[];
  /** Excludes groups of the image's /etc/group. */
  readonly supplementalGroupsPolicy?: "Strict";
}
