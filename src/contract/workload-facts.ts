import type { ConfigObjectFacts } from "./config-object-facts.ts";
import type { Place } from "./finding.ts";
import type { SecretFacts } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ObjectLocation } from "./object-location.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { RelatedFacts } from "./related-facts.ts";
import type { Text } from "./text.ts";

/**
 * What was read of one workload's manifest: plain JSON, values as Kubernetes decodes them. Paths
 * are those of the document that holds it: `spec.template.spec.containers[0].image`, in a List
 * `items[2].spec.template…`; a key that is no identifier stands in brackets and quotes:
 * `metadata.annotations["example.org/x"]`.
 */
export interface RawWorkload {
  /** Where the object was read. */
  readonly at: ObjectLocation;
  /** Where the object stands in its document: empty, or `items[2]` in a List. */
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** Empty when metadata gives none; a generateName stands with a `*`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The folder that stands for an environment: `deployment-targets/<this>/…`, `apps/<this>/…`. */
  readonly environment?: string;
  /** Batch: Job, CronJob, and a bare pod whose restartPolicy lets it end. */
  readonly lifetime: "long-running" | "batch";
  readonly replicas?: number;
  /** Where the pod template stands: `spec.template`; equal to `path` for a Pod. */
  readonly podPath: string;
  readonly pod: PodFacts;
  /** Persistent volume claims that the pod mounts. */
  readonly claims: readonly ClaimFacts[];
  /** Fields that Kubernetes would refuse, or silently not see. What rests on them is unproven. */
  readonly invalid: readonly InvalidField[];
  /** Fields that were read, and whose values Kubernetes refuses; absent: none, or not looked for. */
  readonly refused?: readonly InvalidField[];
  /** Fields, by their paths, that Kubernetes has nowhere near; absent: none, or not looked for. */
  readonly unknown?: readonly string[];
  /** ConfigMaps and Secrets among the manifests that concern this workload; absent where there are none. */
  readonly objects?: readonly ConfigObjectFacts[];
  /** Objects among the manifests that bear on its pods; absent where there are none. */
  readonly related?: readonly RelatedFacts[];
  /** Fields that stand where Kubernetes knows none of that name, and has one elsewhere; absent: none, or not looked for. */
  readonly misplaced?: readonly string[];
  /** Literal secrets, whose values are masked; absent where they were not looked for. */
  readonly secrets?: readonly WorkloadSecretFacts[];
}

/** The same with every secret in it masked, and these secrets: what rules, evidence and reports see. */
export type WorkloadFacts = Masked<RawWorkload & { readonly secrets: readonly WorkloadSecretFacts[] }>;

/** A secret whose value a manifest gives, in plain text. */
export interface WorkloadSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  /** Of the field that holds it: `spec.template.spec.containers[0].env[2].value`. */
  readonly path: string;
  /** Of the variable, the annotation, or the field (`args`). */
  readonly name: string;
}

export interface ClaimFacts {
  /** The claim's, or the volumeClaimTemplate's: one claim for every pod of a StatefulSet. */
  readonly name: string;
  readonly source: "template" | "claim";
  /** `ReadWriteOnce`…; absent when the claim is not among the manifests that were read. */
  readonly accessModes?: readonly string[];
  /** The PersistentVolume among the manifests that it is bound to, and that is a directory of a node: `data (hostPath)`. */
  readonly onNode?: string;
}

export interface InvalidField {
  /** The field that is not readable: `spec.template.spec.containers[0].securityContext.privileged`. */
  readonly path: string;
  /** Where the mistake stands, when it is not there: a key that is spelled `Privileged`. */
  readonly at?: string;
  /** A sentence: "not valid Kubernetes: …". */
  readonly problem: Text;
}

/** The path of a field of the workload's pod: podField(workload, "spec.hostNetwork"). */
export function podField({ podPath }: Pick<WorkloadFacts, "podPath">, field: string): string {
  return podPath === "" ? field : `${podPath}.${field}`;
}

/** Tells workloads apart in fingerprints, whatever file they stand in: `portal/Deployment/web`. */
export function workloadKey({ namespace = "", kind, name }: WorkloadFacts): string {
  return `${namespace}/${kind}/${name}`;
}

/** Place of a field of the manifest; line and column in a file are added when it is reported. */
export function manifestPlace({ at }: Pick<WorkloadFacts, "at">, path: string): Place {
  return at.in === "file" ? { file: at.file, path } : { uid: at.uid, path };
}

/**
 * The first invalid field that makes the field at this path uncertain: itself, something in it, or
 * something that it is in.
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
