import type { Digest } from "../contract/image-facts.ts";
import type { ResolverLines } from "../contract/pod-defaults.ts";
import type { HostAliasFacts } from "../contract/pod-facts.ts";
import type { TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial, TrialSettingsFacts, TrialUpdate, TriedMounts } from "../contract/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-subject.ts";
import type { TrialMask } from "../secrets/trial.ts";
import type { ServiceFacts } from "../start/service-variables.ts";
import type { OciConfigInput } from "./oci/input.ts";
import type { Capabilities } from "./plan/executor.ts";
import type { Kept } from "./plan/kept.ts";
import type { ContainerPlan, FilePlan, RequestPlan, ServesPlan, TrialWaits } from "./plan/plan.ts";
import type { IdShift } from "./rootfs/user-namespace-ids.ts";

/** Options of the trial of a pod, resolved from images, manifest and settings. */
export interface TrialOptions {
  readonly executor: Extract<Capabilities, { readonly available: true }>;
  /** Containers in starting order, with distinct names. */
  readonly containers: readonly ContainerOptions[];
  /** Containers of the pod that are missing, and on which others may depend. */
  readonly absent?: readonly string[];
  /** Dependencies in starting order. */
  readonly dependencies?: readonly (FakeDependency | ServedDependency)[];
  /** Callback for a dependency that becomes usable, or unusable. */
  readonly onDependency?: (facts: TrialDependencyFacts) => void;
  /** Whether memory suffices for a third pod, and limits are separate per pod. */
  readonly apart?: boolean;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  /** Names of the pod's /etc/hosts and resolv.conf, except its host name. */
  readonly names?: Omit<PodNames, "hostname">;
  /** Set for shareProcessNamespace: a container's first process is then not the first of its namespace. */
  readonly sharesProcesses?: boolean;
  /** Services whose variables the pod's containers get. */
  readonly services?: readonly ServiceFacts[];
  /** Services by whose names the pod calls; absent: those of `services`. */
  readonly namedServices?: readonly ServiceFacts[];
  /** Services that choose the pod itself: see ownServices(). */
  readonly ownServices?: readonly OwnService[];
  readonly deadlineMs?: number;
  /**
   * Called with true when the trial begins only to wait for containers to stop, and with false when it
   * continues.
   */
  readonly onIdle?: (idle: boolean) => void;
  readonly signal: AbortSignal;
}

/** Names of a pod, and its resolver for other names. */
export interface PodNames {
  readonly hostname: string;
  /** Domain of the pod's full name, which `subdomain` gives: `web.shop.svc.cluster.local`. */
  readonly domain?: string;
  readonly aliases?: readonly HostAliasFacts[];
  /** Namespace of the pod, whose names the cluster's DNS resolves first; default: `default`. */
  readonly namespace?: string;
  /** Lines of resolv.conf; default: the lines of dnsPolicy ClusterFirst. */
  readonly resolver?: ResolverLines;
}

/** A Service of the pod's namespace that chooses the pod itself. */
export interface OwnService {
  readonly name: string;
  /** Address of the Service; absent for a headless Service, whose name leads to the pod's address. */
  readonly address?: string;
  /** TCP ports of the Service, and the pod's ports to which they lead; none for a headless Service. */
  readonly ports: readonly { readonly port: number; readonly to: number }[];
  /** Set if the Service leads to the pod before it is ready, too. */
  readonly publishesUnready?: true;
}

/** Dependency without an image, whose ports accept connections and never answer. */
export interface FakeDependency {
  readonly name: string;
  readonly ports: readonly number[];
}

/** Dependency whose image runs in a separate pod, beside the tried pod. */
export interface ServedDependency
  extends FakeDependency,
    Pick<ContainerPlan, "layers" | "mountOptions">,
    Pick<ServesPlan, "readiness"> {
  readonly image: string;
  readonly imageId: Digest;
  /** User namespace for which the layers are unpacked. */
  readonly ids: IdShift;
  /** Directory for the dependency's sockets, of this run only. */
  readonly scratch: string;
  readonly start: TrialStart;
  readonly limits: { readonly memoryBytes?: number };
  /** Set if the dependency's output must be neither shown nor stored. */
  readonly confidential?: true;
}

/** Container of the pod: the fields of its plan that are known from the start, and callbacks. */
export interface ContainerOptions
  extends Pick<ContainerPlan, "name" | "role" | "layers">,
    Partial<Pick<ContainerPlan, "mountOptions" | "rootIsReadOnly">>,
    Pick<RequestPlan, "lifetime" | "ports" | "hint" | "probes">,
    Partial<Pick<RequestPlan, "datagramPorts" | "hooks" | "warmUp" | "exchanges" | "stopSignal">>,
    Pick<TrialSettingsFacts, "calledPorts" | "directPorts" | "hosts"> {
  readonly subject: TrialSubject;
  readonly start: TrialStart;
  readonly mounts: readonly TrialMount[];
  /** Address family, if the Services that target the pod are IPv6 only. */
  readonly ipFamily?: "IPv6" | undefined;
  readonly limits?: { readonly memoryBytes?: number; readonly cpus?: number; readonly pids?: number };
  readonly waits?: Partial<TrialWaits>;
  /** Port of the second replica, and the variable that sets it. */
  readonly replica?: Partial<TrialSettingsFacts["replica"]>;
  /** Masks secrets in the container's output. */
  readonly mask: TrialMask;
  /**
   * Proposes emptyDirs to try, from the observations so far. The attempts end when there is nothing new to
   * propose.
   */
  readonly propose?: (trial: RawTrial) => ProposedMounts;
  /** Callback for each event while the trial runs. */
  readonly onEvent?: (seen: TrialUpdate) => void;
  /** Callback with the container's output after the trial; absent if output is not kept. */
  readonly keep?: (kept: Kept) => void;
}

/** Start of the container's first process. */
type TrialStart = Pick<OciConfigInput, "argv" | "env" | "cwd" | "user"> &
  Partial<Pick<OciConfigInput, "capabilities">>;

/** EmptyDirs to try, and their purpose. */
export type ProposedMounts = Omit<TriedMounts, "rounds">;

export type TrialMount =
  /** An emptyDir or another writable volume, which outlives its containers. */
  | {
      readonly kind: "empty";
      readonly path: string;
      /** Name of the volume; containers of the pod that mount the same name share the volume. */
      readonly volume?: string;
      /** Folder of the volume that is mounted: a relative path without `..`; absent: the whole volume. */
      readonly subPath?: string;
      readonly readOnly?: boolean;
      readonly bytes?: number;
      readonly gid?: number;
    }
  /** A ConfigMap, a Secret or another volume written by the kubelet, as a folder of files. */
  | {
      readonly kind: "files";
      readonly path: string;
      /** Files by path in the volume. */
      readonly files: Readonly<Record<string, FilePlan>>;
      /** fsGroup of the pod. */
      readonly gid?: number;
    }
  /** A single file of a volume (subPath). */
  | ({ readonly kind: "file"; readonly path: string; readonly gid?: number } & FilePlan)
  /** The kubelet's file for a container's termination message: see terminationMessagePath(). */
  | { readonly kind: "message"; readonly path: string };
