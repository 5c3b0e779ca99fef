import type { ConfigObjectFacts } from "./config-object-facts.ts";
import type { Place } from "./finding.ts";
import type { SecretFacts } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ObjectLocation } from "./object-location.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { RelatedFacts } from "./related-facts.ts";
import type { Text } from "./text.ts";
import type { VolumeRequestFacts } from "./volume-facts.ts";

/**
 * Facts of one workload's manifest: plain JSON, values as Kubernetes decodes them. Paths are those of the
 * document: `spec.template.spec.containers[0].image`, or `items[2].spec.template…` in a List. A key that is
 * not an identifier is in brackets and quotes: `metadata.annotations["example.org/x"]`.
 */
export interface RawWorkload {
  /** Location of the object. */
  readonly at: ObjectLocation;
  /** Path of the object in its document: empty, or `items[2]` in a List. */
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** Name; empty if there is none; a generateName ends with `*`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Folder of the environment: `deployment-targets/<this>/…`, `apps/<this>/…`. */
  readonly environment?: string;
  /** `batch` for a Job, a CronJob, and a bare pod whose restartPolicy lets it end. */
  readonly lifetime: "long-running" | "batch";
  readonly replicas?: number;
  /** Settings of a Job beside its pod template; absent without settings, and for other kinds. */
  readonly job?: JobFacts;
  /** Settings of a StatefulSet that name its pods; absent without settings, and for other kinds. */
  readonly statefulSet?: StatefulSetFacts;
  /** Seconds for which a pod has to be ready until it counts as available; absent if not set. */
  readonly minReadySeconds?: number;
  /** Setting of the number of pods that an update stops at once; absent for the default. */
  readonly rollout?: RolloutFacts;
  /**
   * Set if the object is a Pod that a cluster has created, including all changes made at admission. It is
   * recognised by its resourceVersion, which a cluster refuses in a new Pod.
   */
  readonly created?: true;
  /**
   * Workload that owns the pod, confirmed by admission: acceptances for this workload hold for the pod. Absent for
   * other objects, and if only the pod itself names the owner.
   */
  readonly controller?: { readonly kind: string; readonly name: string };
  /** Path of the pod template: `spec.template`; equal to `path` for a Pod. */
  readonly podPath: string;
  readonly pod: PodFacts;
  /** Persistent volume claims that the pod mounts. */
  readonly claims: readonly ClaimFacts[];
  /**
   * Fields that Kubernetes would refuse or silently ignore. Judgements that depend on these fields are
   * unproven.
   */
  readonly invalid: readonly InvalidField[];
  /** Fields whose values Kubernetes refuses; absent if there are none, or if not checked. */
  readonly refused?: readonly InvalidField[];
  /** Paths of fields that Kubernetes does not have there; absent if there are none, or if not checked. */
  readonly unknown?: readonly string[];
  /** ConfigMaps and Secrets of the manifests that concern this workload; absent if there are none. */
  readonly objects?: readonly ConfigObjectFacts[];
  /** Objects of the manifests that affect the workload's pods; absent if there are none. */
  readonly related?: readonly RelatedFacts[];
  /**
   * Fields beside the pod template by which a controller changes the pods; absent if there are none, or if
   * not checked.
   */
  readonly overlays?: OverlayFacts;
  /**
   * Paths of marks by which a controller writes another image into the pods; absent if there are none, or if
   * not checked.
   */
  readonly imageMarks?: readonly string[];
  /** Fields that Kubernetes has only in another place; absent if there are none, or if not checked. */
  readonly misplaced?: readonly string[];
  /** Literal secrets with masked values; absent if not searched. */
  readonly secrets?: readonly WorkloadSecretFacts[];
}

/** Facts with every secret masked, and the list of these secrets, for rules, evidence and reports. */
export type WorkloadFacts = Masked<RawWorkload & { readonly secrets: readonly WorkloadSecretFacts[] }>;

/** A plain-text secret in a manifest. */
export interface WorkloadSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  /** Path of the field with the secret: `spec.template.spec.containers[0].env[2].value`. */
  readonly path: string;
  /** Name of the variable, the annotation, or the field (`args`). */
  readonly name: string;
}

/** Settings of a Job with an effect on its pods. */
export interface JobFacts {
  /** Set for completionMode Indexed: the controller numbers the pods (JOB_COMPLETION_INDEX, host name). */
  readonly isIndexed?: true;
  /** Seconds from the start of the Job until its pods are ended. */
  readonly activeDeadlineSeconds?: number;
  /** Set for `completions: 0`: the Job completes at once, without a pod. */
  readonly isEmpty?: true;
}

/** Settings of a StatefulSet by which its pods are named. */
export interface StatefulSetFacts {
  /** Headless Service below which each pod has a stable name: NAME-0.SERVICE. */
  readonly serviceName?: string;
  /** Ordinal of the first pod, above 0. */
  readonly firstOrdinal?: number;
}

/** Setting of a rollout. */
export interface RolloutFacts {
  /** Path of the field: `spec.strategy.type`, `spec.strategy.rollingUpdate.maxUnavailable`. */
  readonly field: string;
  /** `Recreate`, or the number or percentage of pods. */
  readonly value: string | number;
  /** Set if no pod is started beyond the replicas (maxSurge: 0), so that an old pod always ends first. */
  readonly isWithoutSurge?: true;
}

/** Fields of a custom resource that change the pods of its template. */
export interface OverlayFacts {
  /** Kind of the object with the fields, with its group: `argoproj.io/Rollout`. */
  readonly kind: string;
  /** Paths of the first fields, 20 at most. */
  readonly paths: readonly string[];
  /**
   * Set if the fields are the templates of a kind whose controller is unknown, so that the controller may
   * complete them.
   */
  readonly isUnknown?: true;
}

export interface ClaimFacts {
  /**
   * Name of the claim; or of the volumeClaimTemplate, which creates one claim per pod of a StatefulSet; or of
   * the ephemeral volume, whose claim ends with its pod.
   */
  readonly name: string;
  readonly source: "template" | "claim" | "ephemeral";
  /** Access modes: `ReadWriteOnce`…; absent if the claim is not among the manifests. */
  readonly accessModes?: readonly string[];
  /** Set if the manifests name storage for the claim that no pod can write to. */
  readonly isReadOnly?: true;
  /** Set if the claim asks for a raw disk (volumeMode: Block), which no container mounts as a file system. */
  readonly isBlock?: true;
  /** Another workload of the manifests that mounts the claim: `Deployment/other`; absent if there is none. */
  readonly sharedWith?: string;
  /** Volume that a template requests; absent for a claim that is a separate object. */
  readonly requested?: VolumeRequestFacts;
  /**
   * PersistentVolume of the manifests that the claim is bound to, if it is a directory of a node: `data
   * (hostPath)`.
   */
  readonly onNode?: string;
}

export interface InvalidField {
  /** Path of the unreadable field: `spec.template.spec.containers[0].securityContext.privileged`. */
  readonly path: string;
  /** Path of the mistake, if different, such as a key misspelt as `Privileged`. */
  readonly at?: string;
  /** Message as a sentence: "not valid Kubernetes: …". */
  readonly problem: Text;
}

/** Path of a field of the workload's pod: podField(workload, "spec.hostNetwork"). */
export function podField({ podPath }: Pick<WorkloadFacts, "podPath">, field: string): string {
  return podPath === "" ? field : `${podPath}.${field}`;
}

/** Path of the field with the pod's operating system, on which judgements of its containers depend. */
export function osPath(workload: WorkloadFacts): string {
  return podField(workload, "spec.os.name");
}

export function isWindowsPod({ pod }: WorkloadFacts): boolean {
  return pod.spec.os?.name === "windows";
}

/** Key of a workload in fingerprints, independent of the file: `portal/Deployment/web`. */
export function workloadKey(workload: WorkloadFacts): string {
  const { namespace = "", controller } = workload;
  const { kind, name } = controller ?? workload;
  return `${namespace}/${kind}/${name}`;
}

/** Place of a field of the manifest; line and column in a file are added when it is reported. */
export function manifestPlace({ at }: Pick<WorkloadFacts, "at">, path: string): Place {
  return at.in === "file" ? { file: at.file, path } : { uid: at.uid, path };
}

/**
 * First invalid field that makes the field at this path uncertain: the field itself, or a field below or
 * above it.
 */
export function invalidAt(
  { invalid }: Pick<WorkloadFacts, "invalid">,
  path: string,
): InvalidField | undefined {
  return invalid.find((field) => contains(field.path, path) || contains(path, field.path));
}

function contains(outer: string, inner: string): boolean {
  if (!inner.startsWith(outer)) return false;
  const next = inner.charAt(outer.length);
  return next === "" || next === "." || next === "[" || outer === "";
}
