// Validation by the API server beyond types (pkg/apis/core/validation, apps/validation, batch/validation of
// kubernetes/kubernetes): names, labels, numbers, selectors, and constraints between fields. If versions
// differ, the most tolerant version in use counts. Fields that rules judge are excluded: images, security
// contexts, actions of probes and hooks.

import type { InvalidField } from "../../contract/workload-facts.ts";
import { groupOf, type KubernetesObject, type WorkloadKind, workloadKind } from "../objects/kind.ts";
import { checkApiVersion } from "./api-version.ts";
import { checkController, checkCronJob, checkJob } from "./controllers.ts";
import { type Field, member } from "./field.ts";
import { checkNamed, checkObjectMetadata } from "./metadata.ts";
import { checkPodSpec, checkPodTemplate } from "./pod.ts";

/**
 * Fields of a workload whose values Kubernetes refuses. Of a custom resource, only the metadata are checked,
 * since its controller may complete its pods.
 *
 * @throws InvalidInputError invalid-fields
 */
export function refusedFields(object: KubernetesObject, kind: WorkloadKind): readonly InvalidField[] {
  const invalid: InvalidField[] = [];
  validate(object, kind, invalid);
  return invalid;
}

function validate(object: KubernetesObject, kind: WorkloadKind, invalid: InvalidField[]): void {
  const root: Field = { value: object.value, at: object.path, invalid };
  const metadata = member(root, "metadata");
  if (workloadKind(object) === undefined) return checkNamed(metadata);
  checkObjectMetadata(metadata);
  checkApiVersion(object, member(root, "apiVersion"));
  const spec = member(root, "spec");
  if (kind.template === "pod") checkPodSpec(spec, []);
  else if (kind.template === "template") checkPodTemplate(member(root, "template"), []);
  else if (kind.template === "spec.jobTemplate.spec.template") checkCronJob(metadata, spec);
  else if (groupOf(object) === "batch") checkJob(metadata, spec);
  else checkController(object.kind, spec);
}
