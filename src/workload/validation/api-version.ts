import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { type Field, rejectValue } from "./field.ts";

/** Versions of workloads' groups served since Kubernetes 1.25. */
const SERVED: Readonly<Record<string, string>> = {
  "": "v1",
  apps: "apps/v1",
  batch: "batch/v1",
  extensions: "apps/v1",
  "argoproj.io": "argoproj.io/v1alpha1",
};

/** Refuses removed API versions: apps/v1beta1, extensions/v1beta1 and others. */
export function checkApiVersion(object: KubernetesObject, field: Field): void {
  const served = SERVED[groupOf(object)];
  if (served === undefined || served === object.apiVersion) return;
  rejectValue(
    field,
    {
      fr: `${served} : aucun cluster ne sert cette version`,
      en: `${served}: no cluster serves this version`,
    },
    object.apiVersion,
  );
}
