import type { SecretFacts } from "./image-facts.ts";
import type { ObjectLocation } from "./object-location.ts";

/** Object among the manifests that concerns a workload, or that contains a secret: plain JSON, masked. */
export interface ConfigObjectFacts {
  /** `ConfigMap`, `Secret`, `PersistentVolume`, or the kind of any other object with a secret in plain text. */
  readonly kind: string;
  readonly name: string;
  readonly at: ObjectLocation;
  /**
   * Whether the pod uses the object: for variables, files, or pulling images. Otherwise it is only in the
   * workload's folder.
   */
  readonly injected: boolean;
  /** Plain-text secrets in the object. */
  readonly secrets: readonly ConfigSecretFacts[];
  /** `data` of a ConfigMap that gives the pod variables, with secrets masked. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Secret under one key of a ConfigMap or another object. */
export interface ConfigSecretFacts extends Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> {
  readonly key: string;
}
