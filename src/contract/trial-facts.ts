import type { Digest } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { Text } from "./text.ts";
import type { TrialDependencyFacts } from "./trial-dependency.ts";
import type { TrialEvent } from "./trial-events.ts";
import type { TrialSubject } from "./trial-subject.ts";

/**
 * What was seen while an image ran under the Restricted profile: plain JSON. Observations say what
 * happened, never what it means; times are whole milliseconds since the trial began. Text that the
 * container wrote is cut.
 */
export interface RawTrial extends TrialSubject {
  readonly executor: TrialExecutorFacts;
  readonly settings: TrialSettingsFacts;
  /** The containers that ran with it in its pod, in the order of their start; absent: it was alone. */
  readonly beside?: readonly { readonly name: string; readonly imageId: Digest }[];
  /** Ports that the manifest declares for others of its pod, and that were open to the outside at the end of each phase. */
  readonly openBeside?: readonly { readonly container: string; readonly port: number }[];
  /** Services of the manifests of whose variables it was told, with the addresses that these gave; absent: none. */
  readonly services?: readonly { readonly name: string; readonly address: string }[];
  /** Images that ran beside it as its dependencies, in the order of their start; absent: none did. */
  readonly dependencies?: readonly TrialDependencyFacts[];
  /** Absent: it is of a version that looked at none of these, so that nothing shows by their absence. */
  readonly looks?: readonly TrialLook[];
  /** Absent: nothing was proposed. */
  readonly tried?: TriedMounts;
  readonly durationMs: number;
  readonly phases: readonly TrialPhaseFacts[];
  /** By time. */
  readonly observations: readonly TrialObservation[];
}

/**
 * What trials have come to look at since the first ones. `answers`: GET / of every port that speaks
 * HTTP, and answers that are errors. `port-ends`: ports again at the end of each phase. `growth`: how
 * much had been said before the first request. `rereads`: which files of volumes were kept and read
 * again. `open-files`: files without a name that processes hold open. `kept-root`: the same of files on
 * the root, which a phase of its own finds as the one before left it. `added-lines`: which files grow by
 * whole lines while requests are repeated. `replaced-files`: which of the files that were kept were read
 * before they were replaced or removed. `stopped-volumes`: what was written to volumes at an orderly
 * stop, which the next start finds. `sent-packets`: to which addresses packets were sent, whatever
 * their protocol.
 */
export type TrialLook =
  | "answers"
  | "port-ends"
  | "growth"
  | "rereads"
  | "open-files"
  | "kept-root"
  | "added-lines"
  | "replaced-files"
  | "stopped-volumes"
  | "sent-packets";

/** EmptyDirs that were tried where the application writes to its root: those of the last round, which the phase `tried` is. */
export interface TriedMounts {
  /** Absolute paths, sorted. */
  readonly mounts: readonly string[];
  /** Directories in which it wrote, or was refused to, in any round. */
  readonly places: readonly string[];
  readonly rounds: number;
}

/** The same with every secret in it masked, those that the container was given among them. */
export type TrialFacts = Masked<RawTrial>;

/** Why what a trial saw proves nothing of the judged workload. */
export type Reservation = Text & {
  /** What to do about it; absent: to declare it in the manifest. */
  readonly settle?: Text;
};

/** A trial as rules see it, bound to what is judged. */
export type JudgedTrial = TrialFacts & {
  /** On what it rested that the judged manifest does not give: what it saw proves nothing of this workload. */
  readonly reservations?: readonly Reservation[];
};

export interface TrialExecutorFacts {
  readonly name: "runc" | "crun";
  readonly version: string;
  readonly mode: "root" | "rootless";
  /** What held the container back. */
  readonly limits: {
    readonly memory: "cgroup" | "rlimit";
    readonly processes: "cgroup" | "rlimit";
  };
  /** Nobody told of connections that are closed at once: ss or stdbuf was not there. */
  readonly missesBriefCalls?: true;
}

/** How long was waited, and for what. */
export interface TrialSettingsFacts {
  /** `server`: runs until it is stopped. `batch`: ends by itself. */
  readonly lifetime: "server" | "batch";
  /** The longest wait for a listener, or for the end of a batch. */
  readonly readyMs: number;
  /** What the container is given after the probes, to write and log. */
  readonly settleMs: number;
  /** terminationGracePeriodSeconds. */
  readonly graceMs: number;
  readonly stopSignal: string;
  /** Declared for the container, or called by a Service. */
  readonly ports: readonly number[];
  /** Of `ports`: Services of the manifests call them, and no container of the pod declares them; absent: none. */
  readonly calledPorts?: readonly number[];
  /** UDP ports that the manifest declares for the container, or that Services call; absent: none. */
  readonly datagramPorts?: readonly number[];
  /** What `variable` said in the replica. */
  readonly replica: { readonly variable: string; readonly port: number };
  /** terminationMessagePath, where it is not Kubernetes' default: the kubelet's file hides what the image has there. */
  readonly messagePath?: string;
  /** The Services of the manifests that call its pod have IPv6 addresses alone. */
  readonly ipFamily?: "IPv6";
  /** Hosts that its variables name for telemetry alone: who does not reach these lacks nothing that it works on. Absent: none. */
  readonly telemetry?: readonly string[];
  /** Paths that were tried because no HTTP probe was declared; empty when one was. */
  readonly triedPaths: readonly string[];
}

export type TrialPhaseName =
  /** The first start; the root file system cannot be written. */
  | "read-only"
  /** The same container again after kill -9: volumes and /tmp as it left them. */
  | "restart"
  /** The root file system can be written, and what is written shows. */
  | "writable"
  /** The writable phase once more on what it left, its root and its volumes: what of that is read again and gone on with shows. */
  | "kept"
  /** The read-only root again, with emptyDirs where the application writes: see TriedMounts. */
  | "tried"
  /** That container again after kill -9, the same emptyDirs as it left them. */
  | "tried-again"
  /** A second instance beside the first, in a pod of its own, told to use another port. */
  | "replica";

export interface TrialPhaseFacts {
  readonly name: TrialPhaseName;
  readonly root: "read-only" | "writable";
  readonly startMs: number;
  readonly endMs: number;
}

/** What a trial tells while it runs, for who watches: a phase begins, or a container that was asked to stop still runs. It is no evidence. */
export interface TrialNews {
  readonly news: "begins" | "stops";
  readonly name: TrialPhaseName;
  readonly root: TrialPhaseFacts["root"];
}

/** Everything that is told of a container while its trial runs. */
export type TrialShown = TrialObservation | TrialPhaseFacts | TrialNews;

export type TrialObservation = {
  readonly phase: TrialPhaseName;
  readonly root: "read-only" | "writable";
  readonly ms: number;
} & TrialEvent;
