import type { Digest } from "../contract/image-facts.ts";
import type { RowId } from "../contract/rows.ts";
import type { VerdictDocument } from "../verdicts/report-schema.ts";

/** Everything on which a verdict depends: two pods with equal keys have equal answers. */
export interface VerdictKey {
  /**
   * Digest of the pod as it would start: namespace, owner, images, commands, variables, mounts, users, ports…
   */
  readonly subject: Digest;
  /** Digest of the platform's policy. */
  readonly policy: Digest;
  /** Digest of the rules. */
  readonly rules: Digest;
  /** Digest of the vulnerability data; absent if there are none. */
  readonly data?: Digest;
}

/** An image of a judged pod. */
export interface JudgedImage {
  /** Name of the container; of an image volume, `volumes/NAME`. */
  readonly container: string;
  /** Reference as written in the pod. */
  readonly reference: string;
  /** Registry and repository, without tag and digest: `registry.example/team/app`. */
  readonly repository: string;
  /** Digest of the manifest that was judged; absent if the image was not read. */
  readonly digest?: Digest;
  /** Digest of its config; absent if the image was not read. */
  readonly config?: Digest;
  /** Whether the reference names a digest, so that it cannot mean another image later. */
  readonly isPinned: boolean;
}

/** Verdict as stored: plain JSON. */
export interface StoredVerdict {
  readonly key: VerdictKey;
  /** Time of judging, ISO 8601. */
  readonly judgedAt: string;
  readonly images: readonly JudgedImage[];
  /** Verdict with its 18 rows. */
  readonly verdict: VerdictDocument;
}

/** Request to let an image in that cannot be examined. */
export interface ReleaseRequest {
  /** Digest by which pods name the image. */
  readonly digest: Digest;
  readonly namespace: string;
  /** Time from which on it counts no more, ISO 8601. */
  readonly until: string;
  readonly reason: string;
}

/** A release as it is kept: plain JSON. */
export interface Release extends ReleaseRequest {
  /** UID of its entry in the audit log. */
  readonly id: string;
  /** Time of its making, ISO 8601. */
  readonly at: string;
  /** User who made it, as the API server knows the user. */
  readonly by: string;
}

/**
 * Kinds of decisions. `exempt`: in a namespace that the policy names; `reported`: a mirror pod of the
 * kubelet, which runs whatever the answer, and which never counts as admitted; `warned`: a controller, which
 * creates pods later; `observed`: a pod with causes against it, admitted until the policy observes it no more;
 * `released`: a pod that could not be examined, admitted by a release; `release`: a release, made by a person.
 */
export type DecisionKind =
  | "admitted"
  | "refused"
  | "exempt"
  | "reported"
  | "warned"
  | "observed"
  | "released"
  | "release";

/** Decisions after which a pod runs that was judged. */
export const LETS_IN: Readonly<Record<DecisionKind, boolean>> = {
  admitted: true,
  refused: false,
  exempt: false,
  reported: false,
  warned: false,
  observed: true,
  released: true,
  release: false,
};

/** Reason for which a pod was refused, or a controller was warned about. */
export interface DecisionCause {
  /**
   * Identifier of the cause: a row of the contract, or `image-unknown` (its examination is not finished),
   * `image-unreadable`, `registry-not-listed` (by the policy), `tag-movable`, `pod-unreadable`, `not-recorded` (in the
   * audit log).
   */
  readonly reason:
    | RowId
    | "image-unknown"
    | "image-unreadable"
    | "registry-not-listed"
    | "tag-movable"
    | "pod-unreadable"
    | "not-recorded";
  /** Answer of the row; absent where no row decided. */
  readonly answer?: "no" | "unproven";
  /** Field of the pod: `spec.containers[0].image`; absent if none is at fault. */
  readonly field?: string;
  /** Sentence in the policy's language. */
  readonly message: string;
}

/** Decision about a request of the API server, as stored in the audit log: plain JSON, without secrets. */
export interface Decision {
  /** Time of the decision, ISO 8601. */
  readonly at: string;
  /** UID of the request; with several replicas, the same request may be decided twice. */
  readonly uid: string;
  readonly kind: DecisionKind;
  readonly operation: string;
  /** Resource with its subresource: `pods`, `pods/ephemeralcontainers`, `deployments.apps`. */
  readonly resource: string;
  readonly namespace: string;
  /** Name; a generateName ends with `*`. */
  readonly name: string;
  /** Controller that owns the object, `Kind/name`; absent if none does. */
  readonly owner?: string;
  /** User who sent the request to the API server. */
  readonly user: string;
  /** Key of the verdict; absent if nothing was judged. */
  readonly key?: VerdictKey;
  /** Digest of what starts, by which a running pod is recognised (startDigest()); of pods alone. */
  readonly start?: Digest;
  readonly images: readonly JudgedImage[];
  /** Last day on which the policy observes the pod, `YYYY-MM-DD`; absent if it enforces. */
  readonly observedUntil?: string;
  /** Release that was made; only for the kind `release`. */
  readonly release?: Release;
  /** Identifiers of the releases by which a pod is admitted; only for the kind `released`. */
  readonly releases?: readonly string[];
  /** Causes of a refusal or warning, or against an observed or released pod; empty for admitted and exempt pods. */
  readonly causes: readonly DecisionCause[];
}

/** What let pods of one start into a namespace. */
export interface Admission {
  /** Of the last verdict. */
  readonly key: VerdictKey;
  /** Newest first. A container whose tag moved has several: its pods of before run what was admitted then. */
  readonly images: readonly JudgedImage[];
}

/** Admissions of one start whose images count; each has another image by a tag. */
export const ADMISSIONS_OF_START = 20;

/** Digests of the documents by which is judged. */
export type JudgingDigests = Omit<VerdictKey, "subject">;

/** An object of the API that others refer to. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for an object of the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** A pod that runs, as a watcher saw it last. */
export interface SeenPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Workload that the pod belongs to: its Deployment rather than the ReplicaSet; the pod itself if none owns it. */
  readonly workload: ObjectReference;
  readonly node: string;
  readonly start: Digest;
  /** Absent if no admission is known. */
  readonly key?: VerdictKey;
  /** Digests of the admitted manifests; empty if no admission is known. */
  readonly digests: readonly Digest[];
  /** Reasons of what was reported of the pod. */
  readonly findings: readonly string[];
}

/** What a watcher asks of a store, and keeps in it. */
export interface RunningStore {
  /** Admission that let pods of this start into a namespace last. */
  admission(namespace: string, start: Digest): Promise<Admission | undefined>;
  /** Whether an image with this digest of its manifest was judged. */
  isJudged(digest: Digest): Promise<boolean>;
  /** Time since which admissions are known, ISO 8601. */
  knownSince(): Promise<string>;
  /** Resolves when these pods are kept, and those with these UIDs removed. */
  keepSeen(pods: readonly SeenPod[], gone: readonly string[]): Promise<void>;
  /** Removes the kept pods with other UIDs than these. */
  keepOnly(uids: ReadonlySet<string>): Promise<void>;
}

/** A subject of which pods run. */
export interface RunningSubject {
  readonly subject: { readonly object: Readonly<Record<string, unknown>>; readonly digest: Digest };
  readonly namespace: string;
  /** Its newest verdict, by whatever documents. */
  readonly last: StoredVerdict;
  readonly workloads: readonly ObjectReference[];
}

/** Subjects of what runs, to judge them again. */
export interface RunningSubjects {
  /** Resolves when the subject is kept. */
  keepSubject(subject: RunningSubject["subject"], namespace: string): Promise<void>;
  /** Digests of the subjects of which pods run that no verdict by these documents is about. */
  outdated(by: JudgingDigests): Promise<readonly string[]>;
  /** Digests of all subjects of which pods run. */
  running(): Promise<readonly string[]>;
  subject(digest: string): Promise<RunningSubject | undefined>;
}

/**
 * Stores verdicts and decisions. Errors of a store are rejections: the caller decides how to treat an
 * unreachable store.
 */
export interface Store extends RunningStore {
  /** Absent where subjects do not outlive their verdicts. */
  readonly subjects?: RunningSubjects;
  /** Keeps the documents by which is judged from now on, where decisions outlive the process. */
  keepDocuments?(documents: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Verdict that was kept last under this key. */
  verdict(key: VerdictKey): Promise<StoredVerdict | undefined>;
  /**
   * Resolves when the verdict is durable. A stored verdict is never replaced by a verdict with an older
   * `judgedAt`.
   */
  keepVerdict(verdict: StoredVerdict): Promise<void>;
  /** Resolves when the decision is durable. */
  record(decision: Decision): Promise<void>;
  /** Resolves when the release is durable. */
  keepRelease(release: Release): Promise<void>;
  /** Releases of a namespace that end after this time. */
  releases(namespace: string, now: Date): Promise<readonly Release[]>;
  /** Whether verdicts can be read and decisions recorded now. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
