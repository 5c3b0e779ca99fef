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
  /** Absent: the trial is of a version that bound the names of variables and mounts, not their values. */
  readonly inputs?: TrialInputs;
}

/**
 * What the container was given, by value. Places: `env HOST`, `envFrom`, `file /etc/app/app.yml`,
 * `mount /tmp`, `exec`… Values stand as salted digests; those of Secrets do not stand here at all.
 */
export interface TrialInputs {
  /** Of the digests: random, in hexadecimal. */
  readonly salt: string;
  /** Absent: an image alone was tried. */
  readonly manifest?: true;
  /** What the manifest declares, by place: salted digests. */
  readonly declared: Readonly<Record<string, string>>;
  /** What the settings gave, by place. */
  readonly given: readonly GivenInput[];
  /** Objects whose values the manifest asks for, and nobody gave: `Secret db/url`. */
  readonly absent: readonly string[];
  /** Objects that stand among the manifests more than once, with different contents: `ConfigMap web`. */
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
  /** Of an image alone; absent where the value may be a secret, or stands in for an object's. */
  readonly digest?: string;
  /** The object whose value it stands in for: `Secret db/url`. */
  readonly standsFor?: string;
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
