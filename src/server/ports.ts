import type { EvidencePort } from "../assess/run/evidence-port.ts";
import type { Digest } from "../contract/image-facts.ts";
import type { RowId } from "../contract/rows.ts";
import type { VerdictDocument } from "../verdicts/report-schema.ts";
import type { DataIndex } from "./data-index.ts";
import type { DecisionKind, FindingReason, VerdictChange } from "./decision-kinds.ts";
import type { GraceStore } from "./grace-store.ts";

/** Everything on which a verdict depends: two pods with equal keys have equal answers. */
export interface VerdictKey {
  /**
   * Digest of the pod in its judged form: namespace, owner, images, commands, variables, mounts, users,
   * ports…
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

/** Verdict as stored; plain JSON. */
export interface StoredVerdict {
  readonly key: VerdictKey;
  /** Time of judging, ISO 8601. */
  readonly judgedAt: string;
  readonly images: readonly JudgedImage[];
  /** Verdict with its 18 rows. */
  readonly verdict: VerdictDocument;
}

/** Request to admit an image that cannot be examined. */
export interface ReleaseRequest {
  /** Digest by which pods name the image. */
  readonly digest: Digest;
  readonly namespace: string;
  /** End of the release, ISO 8601; it no longer counts from then on. */
  readonly until: string;
  readonly reason: string;
}

/** Release as stored; plain JSON. */
export interface Release extends ReleaseRequest {
  /** UID of its entry in the audit log. */
  readonly id: string;
  /** Time of the release, ISO 8601. */
  readonly at: string;
  /** User who made the release, as named by the API server. */
  readonly by: string;
}

/** Reason for which a pod was refused or reported, a controller was warned about, or a verdict is said to change. */
export interface DecisionCause {
  /**
   * Identifier of the cause: a row of the contract, or `image-unknown` (its examination is not finished),
   * `image-unreadable`, `registry-not-listed` (in the policy), `tag-movable`, `pod-unreadable`, `not-recorded` (in the
   * audit log); for a finding of a watcher, the finding's name; for a changed verdict, the kind of change.
   */
  readonly reason:
    | RowId
    | FindingReason
    | VerdictChange
    | "image-unknown"
    | "image-unreadable"
    | "registry-not-listed"
    | "tag-movable"
    | "pod-unreadable"
    | "not-recorded"
    | "namespace-relabelled";
  /** Answer of the row; absent if the cause is not a row. */
  readonly answer?: "no" | "unproven";
  /** Field of the pod: `spec.containers[0].image`; absent if the cause concerns no single field. */
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
  /** Digest of what the pod starts (startDigest()), by which a running pod is recognised; only for pods. */
  readonly start?: Digest;
  /** Digest of the pod's labels (labelsDigest()), which tell it from others with the same start; only for pods. */
  readonly labels?: Digest;
  readonly images: readonly JudgedImage[];
  /** Last day on which the policy observes the pod, `YYYY-MM-DD`; absent if it enforces. */
  readonly observedUntil?: string;
  /** Release that was made; only for the kind `release`. */
  readonly release?: Release;
  /** Identifiers of the releases by which a pod is admitted; only for the kind `released`. */
  readonly releases?: readonly string[];
  /** End of the grace period by which a pod is admitted, ISO 8601; only for the kind `grace`. */
  readonly graceUntil?: string;
  /** Future rows that are not `yes` and only warn in the namespace; absent if there are none. */
  readonly warned?: readonly string[];
  /** Causes of a refusal or warning, or against an observed or released pod; empty for admitted and exempt pods. */
  readonly causes: readonly DecisionCause[];
  /** Number of further causes, which are not recorded; absent if there are none. */
  readonly moreCauses?: number;
}

/** Admission of pods with the same start in a namespace. */
export interface Admission {
  /** Key of the newest verdict. */
  readonly key: VerdictKey;
  /** Key of the newest verdict of each of their templates, by the digest of its labels. */
  readonly templates: ReadonlyMap<Digest, VerdictKey>;
  /**
   * Admitted images, the newest first. A container whose tag moved has several: older pods still run the
   * image admitted before.
   */
  readonly images: readonly JudgedImage[];
}

/** Milliseconds by which a verdict of a right clock can be later than one that is stored after it: an examination ends. */
export const LATER_MS = 20 * 60_000;

/** Maximum number of stored admissions per start; they differ in the image of a tag, or in their labels. */
export const ADMISSIONS_OF_START = 20;

/** Digests of the documents on which verdicts depend. */
export type JudgingDigests = Omit<VerdictKey, "subject">;

/** Reference to an object of the API. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Namespace; empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Running pod, as a watcher saw it last. */
export interface SeenPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Workload of the pod: its Deployment rather than the ReplicaSet; the pod itself if it has no owner. */
  readonly workload: ObjectReference;
  readonly node: string;
  readonly start: Digest;
  /** Key of the verdict that admitted the pod's template; absent if no admission is known. */
  readonly key?: VerdictKey;
  /** Digests of the admitted manifests; empty if no admission is known. */
  readonly digests: readonly Digest[];
  /** Reasons of the reported findings. */
  readonly findings: readonly string[];
}

/** Parts of a store that a watcher uses. */
export interface RunningStore {
  /** Newest admission of pods with this start in a namespace. */
  admission(namespace: string, start: Digest): Promise<Admission | undefined>;
  /** Whether an image with this manifest digest was judged. */
  isJudged(digest: Digest): Promise<boolean>;
  /** Time from which all admissions are known, ISO 8601. */
  knownSince(): Promise<string>;
  /** Reasons of the findings that were stored last with a pod; empty for an unknown pod. */
  reportedOf(uid: string): Promise<readonly string[]>;
  /** Stores these pods, and removes those with the UIDs in `gone`. */
  keepSeen(pods: readonly SeenPod[], gone: readonly string[]): Promise<void>;
  /** Removes stored pods whose UID is not among these. */
  keepOnly(uids: ReadonlySet<string>): Promise<void>;
}

/** Subject with running pods. */
export interface RunningSubject {
  readonly subject: { readonly object: Readonly<Record<string, unknown>>; readonly digest: Digest };
  readonly namespace: string;
  /**
   * Verdict with which the next one is compared: the last one whose changes were reported, else that by which a
   * running pod was admitted; absent for a subject that was let in without one (observed, released).
   */
  readonly last?: StoredVerdict;
  /** Newest verdict on the subject, by whatever documents. */
  readonly newest?: StoredVerdict;
  readonly workloads: readonly ObjectReference[];
}

/**
 * Subjects of running pods, stored so that they can be judged again. `now` is the asker's time: a verdict that is later
 * was made by a process with a wrong clock, and would hide every right one until then.
 */
export interface RunningSubjects {
  /** Resolves when the subject is stored. */
  keepSubject(subject: RunningSubject["subject"], namespace: string): Promise<void>;
  /** Digests of running subjects without a verdict by these documents that was made from `since` until now. */
  outdated(by: JudgingDigests, since: Date, now: Date): Promise<readonly string[]>;
  /** Digests of all running subjects. */
  running(): Promise<readonly string[]>;
  /** Digests of running subjects with a verdict by these documents that is newer than the last reported one. */
  unreported(by: JudgingDigests, now: Date): Promise<readonly string[]>;
  /** Resolves when the verdict is stored as the one whose changes were reported. */
  keepReported(verdict: StoredVerdict): Promise<void>;
  /** Digests of the notices among `ids` that were not given before. */
  newNotices(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Resolves when the notices are stored as given. */
  keepNotices(ids: readonly string[]): Promise<void>;
  /** Digests of the running subjects with one of these images, by the digests of their manifests. */
  withImages(digests: readonly string[]): Promise<ReadonlySet<string>>;
  subject(digest: string, now: Date): Promise<RunningSubject | undefined>;
}

/** A signed statement of a trial. */
export interface KeptTrial {
  /** Digest of the tried image's manifest. */
  readonly image: Digest;
  /** Digest of the subject whose pod ran. */
  readonly subject: Digest;
  /** Envelope (DSSE) as JSON. */
  readonly envelope: string;
  /** Time of the trial, ISO 8601. */
  readonly at: string;
}

/** Signed trials, which an examiner verifies by the policy's keys: whoever owns the database cannot make one. */
export interface TrialStore {
  /** Resolves when the trial is kept; it replaces an earlier one of this image and subject. */
  keepTrial(trial: KeptTrial): Promise<void>;
  /** Envelope of an image's trial as this subject; undefined if there is none. */
  trialOf(image: Digest, subject: Digest): Promise<string | undefined>;
}

/**
 * Store of verdicts and decisions. Errors are rejections: the caller decides how to treat an unreachable
 * store.
 */
export interface Store extends RunningStore {
  // Evidence, index and subjects, to judge images again, are absent if the store keeps nothing beyond the process.
  readonly evidence?: EvidencePort;
  readonly dataIndex?: DataIndex;
  readonly subjects?: RunningSubjects;
  readonly grace?: GraceStore;
  /** Absent where no other process makes trials. */
  readonly trials?: TrialStore;
  /** Stores the documents that are in use from now on; absent if decisions do not outlive the process. */
  keepDocuments?(documents: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Newest verdict stored under this key, perhaps without what admissions do not read (heldVerdict()). */
  verdict(key: VerdictKey): Promise<StoredVerdict | undefined>;
  /**
   * Newest verdict on the key's subject by its policy and rules and by other data; absent if verdicts do not outlive the
   * process.
   */
  verdictByOtherData?(key: VerdictKey): Promise<StoredVerdict | undefined>;
  /**
   * Resolves when the verdict is durable. A stored verdict is never replaced by a verdict with an older
   * `judgedAt`, unless it is later than an examination takes: a wrong clock made it.
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
