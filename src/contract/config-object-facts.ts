import type { SecretFacts } from "./image-facts.ts";

/** A ConfigMap, a Secret or an object of storage among the manifests that concerns a workload: plain JSON, its secrets masked. */
export interface ConfigObjectFacts {
  readonly kind: "ConfigMap" | "Secret" | "PersistentVolume" | "StorageClass";
  readonly name: string;
  /** As the user named it, `-` for standard input. */
  readonly file: string;
  /** On which the object begins, from 1. */
  readonly line: number;
  /** The pod names it: for variables, for files, or to pull its images. Else it lies in the workload's folder. */
  readonly injected: boolean;
  /** What stands in it in plain text. */
  readonly secrets: readonly ConfigSecretFacts[];
  /** Of a ConfigMap that gives the pod variables: its `data`, secrets masked. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A secret under one key of such an object. */
export interface ConfigSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  readonly key: string;
}
