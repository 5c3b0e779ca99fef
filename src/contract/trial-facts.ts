import type { Digest } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { Text } from "./text.ts";
import type { TrialDependencyFacts } from "./trial-dependency.ts";
import type { TrialEvent } from "./trial-events.ts";
import type { TrialSubject } from "./trial-subject.ts";

/**
 * Observations of an image under the Restricted profile: plain JSON. They state events, never conclusions;
 * times are whole milliseconds since the trial began. Text of the container is cut.
 */
export interface RawTrial extends TrialSubject {
  readonly executor: TrialExecutorFacts;
  readonly settings: TrialSettingsFacts;
  /** Containers that ran in the same pod, in starting order; absent if the container was alone. */
  readonly beside?: readonly { readonly name: string; readonly imageId: Digest }[];
  /**
   * Ports that the manifest declares for other containers of the pod, and that were reachable from outside at
   * the end of each phase.
   */
  readonly openBeside?: readonly { readonly container: string; readonly port: number }[];
  /**
   * Random paths that were requested of other containers of the pod, which may hand requests on to this
   * container; absent if there were none.
   */
  readonly askedBeside?: readonly { readonly phase: TrialPhaseName; readonly path: string }[];
  /**
   * Services of the manifests whose variables the container got, with their addresses; absent if there were
   * none.
   */
  readonly services?: readonly { readonly name: string; readonly address: string }[];
  /** Dependencies' images that ran beside the pod, in starting order; absent if there were none. */
  readonly dependencies?: readonly TrialDependencyFacts[];
  /**
   * Aspects that were observed. Absent in older evidence, which observed none of these aspects, so that a
   * missing observation proves nothing.
   */
  readonly looks?: readonly TrialCapability[];
  /** EmptyDirs that were tried; absent if none were proposed. */
  readonly tried?: TriedMounts;
  readonly durationMs: number;
  readonly phases: readonly TrialPhaseFacts[];
  /** Observations in the order of time. */
  readonly observations: readonly TrialObservation[];
}

/**
 * Aspects that newer trials observe:
 * - `answers`: GET / on every HTTP port, and error answers
 * - `port-ends`: ports again at the end of each phase
 * - `growth`: output before the first request
 * - `rereads`: kept files of volumes that were read again
 * - `open-files`: unlinked files held open
 * - `kept-root`: rereads on the root, in a phase that continues the root of the previous phase
 * - `added-lines`: files that grow by whole lines while requests are repeated
 * - `replaced-files`: kept files that were read before their replacement or removal
 * - `stopped-volumes`: writes to volumes during an orderly stop, found by the next start
 * - `sent-packets`: addresses to which packets of any protocol were sent
 * - `redirections`: the end of redirects that the kubelet follows
 * - `file-locks`: locked files of mounts
 * - `peers`: answers to a neighbour of the pod, compared with those to 127.0.0.1
 * - `idle-output`: output while nothing was asked
 * - `named-caches`: files named as a cache or as a process's own, read and changed as others are
 * - `work-output`: output from the repetition of the last requests to the stop, apart from the sample
 */
export const TRIAL_CAPABILITIES = [
  "answers",
  "port-ends",
  "growth",
  "rereads",
  "open-files",
  "kept-root",
  "added-lines",
  "replaced-files",
  "stopped-volumes",
  "sent-packets",
  "redirections",
  "stopped-starts",
  "replica-readiness",
  "file-locks",
  "peers",
  "idle-output",
  "named-caches",
  "work-output",
] as const;

export type TrialCapability = (typeof TRIAL_CAPABILITIES)[number];

/**
 * EmptyDirs tried where the application writes to its root: the emptyDirs of the last round, the phase
 * `tried`.
 */
export interface TriedMounts {
  /** Absolute paths, sorted. */
  readonly mounts: readonly string[];
  /** Directories in which the application wrote, or was denied a write, in any round. */
  readonly places: readonly string[];
  readonly rounds: number;
}

/** Facts with every secret masked, including values given to the container. */
export type TrialFacts = Masked<RawTrial>;

/** Reason why a trial's observations prove nothing for the judged workload. */
export type Reservation = Text & {
  /** Remedy; default: declare the input in the manifest. */
  readonly settle?: Text;
};

/** A trial as rules see it, bound to the judged subject. */
export type JudgedTrial = TrialFacts & {
  /**
   * Differences from the judged manifest, such as inputs that it does not declare. With reservations,
   * observations prove nothing for this workload.
   */
  readonly reservations?: readonly Reservation[];
  /** Source of the trial in words; absent if the trial is the only one. */
  readonly source?: Text;
  /** Further trials of the same container with the same inputs: each is judged, and none outweighs another. */
  readonly others?: readonly JudgedTrial[];
};

export interface TrialExecutorFacts {
  readonly name: "runc" | "crun";
  readonly version: string;
  readonly mode: "root" | "rootless";
  /** Mechanisms that limited the container's resources. */
  readonly limits: {
    readonly memory: "cgroup" | "rlimit";
    readonly processes: "cgroup" | "rlimit";
  };
  /** Set if connections that were closed at once could not be observed, since ss or stdbuf was missing. */
  readonly missesBriefCalls?: true;
}

/** Waits of the trial, and their conditions. */
export interface TrialSettingsFacts {
  /** `server`: runs until it is stopped. `batch`: ends on its own. */
  readonly lifetime: "server" | "batch";
  /** The longest wait for a listener, or for the end of a batch. */
  readonly readyMs: number;
  /** Time for writes and logs after the probes. */
  readonly settleMs: number;
  /** Grace period (terminationGracePeriodSeconds), in milliseconds. */
  readonly graceMs: number;
  readonly stopSignal: string;
  /** Ports declared for the container, or targeted by a Service. */
  readonly ports: readonly number[];
  /** Ports of `ports` that Services target and no container of the pod declares; absent if there are none. */
  readonly calledPorts?: readonly number[];
  /**
   * Ports at which clients call the pod by its own address, and which need not be open: of headless Services,
   * monitors and the annotation prometheus.io/port. Absent if there are none.
   */
  readonly directPorts?: readonly number[];
  /**
   * UDP ports that the manifest declares for the container, or that Services target; absent if there are
   * none.
   */
  readonly datagramPorts?: readonly number[];
  /** Variable and port of the replica. */
  readonly replica: { readonly variable: string; readonly port: number };
  /** terminationMessagePath, if not the default: the kubelet's file hides the image's there. */
  readonly messagePath?: string;
  /**
   * Hosts of Ingresses and routes that the trial's own requests named, by port. Absent: all requests named the pod's
   * address.
   */
  readonly hosts?: readonly PortHost[];
  /** Set if the Services that target the pod have IPv6 addresses only. */
  readonly ipFamily?: "IPv6";
  /**
   * Hosts in variables that are used only for telemetry, so that their absence does not matter; absent if
   * there are none.
   */
  readonly telemetry?: readonly string[];
  /** Paths that were tried because no HTTP probe was declared; empty if a probe was declared. */
  readonly triedPaths: readonly string[];
}

/** A port of the pod, and the host by which users call it. */
export interface PortHost {
  readonly port: number;
  readonly host: string;
}

/** Phases in their order. */
export const TRIAL_PHASES = [
  /** The first start, on a read-only root. */
  "read-only",
  /** A restart of the container after kill -9. Volumes and /tmp keep their content. */
  "restart",
  /** A start after an orderly stop that changed a volume. Volumes and /tmp keep their content. */
  "after-stop",
  /** A start on a writable root, with writes recorded. */
  "writable",
  /** The writable phase repeated on the same root and volumes; rereads are recorded. */
  "kept",
  /** A start on the read-only root, with emptyDirs where the application writes: see TriedMounts. */
  "tried",
  /** A restart after kill -9; the tried emptyDirs keep their content. */
  "tried-again",
  /** A second instance beside the first, in its own pod, with another port in its port variable. */
  "replica",
] as const;
export type TrialPhaseName = (typeof TRIAL_PHASES)[number];

export interface TrialPhaseFacts {
  readonly name: TrialPhaseName;
  readonly root: "read-only" | "writable";
  readonly startMs: number;
  readonly endMs: number;
}

/** Progress for an observer: a phase begins, or a container has not stopped yet. Not evidence. */
export interface TrialProgress {
  readonly news: "begins" | "stops";
  readonly name: TrialPhaseName;
  readonly root: TrialPhaseFacts["root"];
}

/** Progress and observations of a container while its trial runs. */
export type TrialUpdate = TrialObservation | TrialPhaseFacts | TrialProgress;

export type TrialObservation = {
  readonly phase: TrialPhaseName;
  readonly root: "read-only" | "writable";
  readonly ms: number;
} & TrialEvent;
