import type { SecretFacts } from "./image-facts.ts";
import type { ObjectLocation } from "./object-location.ts";

/** A ConfigMap, a Secret or an object of storage among the manifests that concerns a workload: plain JSON, its secrets masked. */
export interface ConfigObjectFacts {
  readonly kind: "ConfigMap" | "Secret" | "PersistentVolume" | "StorageClass";
  readonly name: string;
  readonly at: ObjectLocation;
  /**
   * Whether the pod uses the object: for variables, files, or pulling images. Otherwise it is only in the
   * workload's folder.
   */
  readonly injected: boolean;
  /** Secrets in it as plain text. */
  readonly secrets: readonly ConfigSecretFacts[];
  /** `data` of a ConfigMap that gives the pod variables, with secrets masked. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A secret under one key of such an object. */
export interface ConfigSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  readonly key: string;
}
