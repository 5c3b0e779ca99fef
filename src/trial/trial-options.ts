import type { Digest } from "../contract/image-facts.ts";
import type { HostAliasFacts } from "../contract/pod-facts.ts";
import type { TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial, TrialShown, TriedMounts } from "../contract/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-subject.ts";
import type { TrialMask } from "../secrets/trial.ts";
import type { ContainerUser } from "../start/container-user.ts";
import type { ServiceFacts } from "../start/service-variables.ts";
import type { Capabilities } from "./executor.ts";
import type { Kept } from "./kept.ts";
import type { ContainerRole, ExchangePlan, FilePlan, HooksPlan, ProbePlan, ReadinessPlan } from "./plan.ts";
import type { IdShift } from "./rootfs/ownership.ts";

/** Everything that the trial of a pod needs, resolved from images, manifest and settings. */
export interface TrialOptions {
  readonly executor: Extract<Capabilities, { readonly available: true }>;
  /** In the order in which they start, by names of their own. */
  readonly containers: readonly ContainerOptions[];
  /** Of its containers that are not here: what needs them may fail. */
  readonly absent?: readonly string[];
  /** In the order in which they start. */
  readonly dependencies?: readonly (FakeDependency | ServedDependency)[];
  /** Called when one can be used, or cannot any more. */
  readonly onDependency?: (facts: TrialDependencyFacts) => void;
  /** There is memory for a third pod beside the two that are needed, and limits hold for each apart. */
  readonly apart?: boolean;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  /** Lines of the pod's /etc/hosts besides the kubelet's own. */
  readonly hostAliases?: readonly HostAliasFacts[];
  /** shareProcessNamespace: the first process of a container is not the first one of its namespace. */
  readonly sharesProcesses?: boolean;
  /** Of whose variables its containers were told. */
  readonly services?: readonly ServiceFacts[];
  readonly deadlineMs?: number;
  /** Called when the trial only waits until containers stop, and when that is over. */
  readonly onIdle?: (idle: boolean) => void;
  readonly signal: AbortSignal;
}

/** A name, and ports that take connections and say nothing. */
export interface FakeDependency {
  readonly name: string;
  readonly ports: readonly number[];
}

/** An image that runs beside the pod, in a pod of its own. */
export interface ServedDependency extends FakeDependency {
  readonly image: string;
  readonly imageId: Digest;
  /** Unpacked for a user namespace with these ids. */
  readonly layers: readonly string[];
  readonly mountOptions: readonly string[];
  readonly ids: IdShift;
  /** A directory of this run alone, for its sockets. */
  readonly scratch: string;
  readonly start: TrialStart;
  readonly limits: { readonly memoryBytes?: number };
  readonly readiness: ReadinessPlan;
  /** Nothing that it says is shown or stored. */
  readonly confidential?: true;
}

/** One container of the pod. */
export interface ContainerOptions {
  readonly name: string;
  readonly role: ContainerRole;
  readonly subject: TrialSubject;
  /** Unpacked layers, absolute, bottom first, and what overlayfs must be told of them. */
  readonly layers: readonly string[];
  readonly mountOptions?: readonly string[];
  readonly start: TrialStart;
  readonly mounts: readonly TrialMount[];
  /** securityContext.readOnlyRootFilesystem of the manifest. */
  readonly rootIsReadOnly?: boolean;
  readonly lifetime: "server" | "batch";
  readonly ports: readonly number[];
  /** Of `ports`: the image documents them, and nothing else names any. */
  readonly hint?: boolean;
  /** Of `ports`: Services call them, and no container declares them. */
  readonly calledPorts?: readonly number[];
  /** UDP ports that the manifest declares, or that Services call. */
  readonly datagramPorts?: readonly number[];
  readonly probes: readonly ProbePlan[];
  readonly hooks?: HooksPlan;
  /** Of the Services that call its pod, where they say IPv6 alone. */
  readonly ipFamily?: "IPv6" | undefined;
  /** Asked for once it serves. */
  readonly warmUp?: readonly string[];
  /** Sent once it serves, where it speaks no HTTP. */
  readonly exchanges?: readonly ExchangePlan[];
  readonly limits?: { readonly memoryBytes?: number; readonly cpus?: number; readonly pids?: number };
  readonly stopSignal?: string;
  readonly waits?: Partial<TrialWaits>;
  /** Which variable tells the second replica its port, and which port. */
  readonly replica?: { readonly variable?: string; readonly port?: number };
  /** Takes the secrets out of what the container wrote. */
  readonly mask: TrialMask;
  /**
   * Where an emptyDir is to be tried, by what was seen so far; the same as before, or none: no more is
   * to be tried.
   */
  readonly propose?: (trial: RawTrial) => ProposedMounts;
  /** Called with each event while the trial runs. */
  readonly onEvent?: (seen: TrialShown) => void;
  /** Called with what the container wrote, once the trial is over; absent: it is not kept. */
  readonly keep?: (kept: Kept) => void;
}

/** How the container's first process starts. */
interface TrialStart {
  readonly argv: readonly string[];
  /** `NAME=value`; see containerProcess(). */
  readonly env: readonly string[];
  readonly cwd: string;
  readonly user: ContainerUser;
  readonly capabilities?: readonly string[];
}

/** Where emptyDirs are to be tried, and for what. */
export type ProposedMounts = Omit<TriedMounts, "rounds">;

export type TrialMount =
  /** An emptyDir, or whatever else can be written; it outlives the container. */
  | {
      readonly kind: "empty";
      readonly path: string;
      /** Containers of the pod that name the same one share it. */
      readonly volume?: string;
      readonly readOnly?: boolean;
      readonly bytes?: number;
      readonly gid?: number;
    }
  /** A ConfigMap, a Secret or what else the kubelet writes, as a directory of files. */
  | {
      readonly kind: "files";
      readonly path: string;
      /** By their paths in it. */
      readonly files: Readonly<Record<string, FilePlan>>;
      /** fsGroup of the pod. */
      readonly gid?: number;
    }
  /** One of its files (subPath). */
  | ({ readonly kind: "file"; readonly path: string; readonly gid?: number } & FilePlan)
  /** The file of the kubelet's that a container may leave its last message in: see terminationMessagePath(). */
  | { readonly kind: "message"; readonly path: string };

/** Milliseconds. */
export interface TrialWaits {
  readonly readyMs: number;
  readonly settleMs: number;
  readonly graceMs: number;
}
