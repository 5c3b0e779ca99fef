import type { ConfigObjectFacts } from "./config-object-facts.ts";
import type { Place } from "./finding.ts";
import type { SecretFacts } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ObjectLocation } from "./object-location.ts";
import type { PodFacts } from "./pod-facts.ts";
import type { RelatedFacts } from "./related-facts.ts";
import type { Text } from "./text.ts";

/**
 * Facts of one workload's manifest: plain JSON, values as Kubernetes decodes them. Paths are those of the
 * document: `spec.template.spec.containers[0].image`, in a List `items[2].spec.template…`; a key that is not
 * an identifier is in brackets and quotes: `metadata.annotations["example.org/x"]`.
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
  /** Batch: Job, CronJob, and a bare pod whose restartPolicy lets it end. */
  readonly lifetime: "long-running" | "batch";
  readonly replicas?: number;
  /** Path of the pod template: `spec.template`; equal to `path` for a Pod. */
  readonly podPath: string;
  readonly pod: PodFacts;
  /** Persistent volume claims that the pod mounts. */
  readonly claims: readonly ClaimFacts[];
  /** Fields that Kubernetes would refuse, or silently not see. What rests on them is unproven. */
  readonly invalid: readonly InvalidField[];
  /** Fields whose values Kubernetes refuses; absent: none, or not checked. */
  readonly refused?: readonly InvalidField[];
  /** Fields, by their paths, that Kubernetes has nowhere near; absent: none, or not looked for. */
  readonly unknown?: readonly string[];
  /** ConfigMaps and Secrets among the manifests that concern this workload; absent where there are none. */
  readonly objects?: readonly ConfigObjectFacts[];
  /** Objects among the manifests that bear on its pods; absent where there are none. */
  readonly related?: readonly RelatedFacts[];
  /** Fields that Kubernetes knows only at another place; absent: none, or not checked. */
  readonly misplaced?: readonly string[];
  /** Literal secrets with masked values; absent if not searched. */
  readonly secrets?: readonly WorkloadSecretFacts[];
}

/** Facts with every secret masked, and the list of these secrets, for rules, evidence and reports. */
export type WorkloadFacts = Masked<RawWorkload & { readonly secrets: readonly WorkloadSecretFacts[] }>;

/** A secret in plain text in a manifest. */
export interface WorkloadSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  /** Path of the field that holds it: `spec.template.spec.containers[0].env[2].value`. */
  readonly path: string;
  /** Name of the variable, the annotation, or the field (`args`). */
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
  /** Path of the mistake, if different: a key misspelt as `Privileged`. */
  readonly at?: string;
  /** A sentence: "not valid Kubernetes: …". */
  readonly problem: Text;
}

/** The path of a field of the workload's pod: podField(workload, "spec.hostNetwork"). */
export function podField({ podPath }: Pick<WorkloadFacts, "podPath">, field: string): string {
  return podPath === "" ? field : `${podPath}.${field}`;
}

/** Key of a workload in fingerprints, independent of the file: `portal/Deployment/web`. */
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
