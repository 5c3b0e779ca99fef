import type { Text } from "../contract/text.ts";
import { podsWithin } from "./custom/find-pods.ts";
import { isOfKubernetes, isRouteOrRecord } from "./custom/groups.ts";
import { imageMarks } from "./custom/image-marks.ts";
import { overlaysIn } from "./custom/overlays.ts";
import { releasedChart } from "./custom/releases.ts";
import {
  replacedImages,
  unjudgedByForm,
  unjudgedOverlays,
  unjudgedPods,
  unjudgedRelease,
} from "./custom/unjudged.ts";
import { unknownKind } from "./custom/unknown-kind.ts";
import {
  groupOf,
  type KubernetesObject,
  refersToWorkload,
  templatePath,
  typeOf,
  workloadKind,
} from "./objects/kind.ts";
import type { Skipped } from "./objects/problem.ts";
import type { WorkloadSource } from "./workload.ts";

/** Workloads of an object; most objects have none. */
export interface InObject {
  readonly workloads: readonly WorkloadSource[];
  readonly leftOut?: Pick<Skipped, "reason" | "message" | "kind">;
  /** `group/Kind` of a custom resource whose controller may start pods. */
  readonly unknown?: string;
}

/** @throws InvalidInputError `pods-per-object`, `object-too-deep` */
export function inObject(object: KubernetesObject): InObject {
  const kind = workloadKind(object);
  if (kind !== undefined) {
    if (!refersToWorkload(object)) return ofKnownKind({ object, kind });
    return { workloads: [], leftOut: { reason: "no-template", message: NO_TEMPLATE } };
  }
  const chart = releasedChart(object);
  if (chart !== undefined) {
    return { workloads: [], leftOut: { reason: "release", message: unjudgedRelease(object, chart) } };
  }
  const { workloads, unjudged } = podsWithin(object);
  const type = `${groupOf(object)}/${object.kind}`;
  if (unjudged.length > 0) {
    return { workloads, leftOut: { reason: "pods", message: unjudgedPods(object, unjudged), kind: type } };
  }
  const other = workloads.length > 0 ? undefined : unknownKind(object);
  if (other === undefined) return withOverlays(object, workloads);
  if (other.is === "unknown") {
    const found = withOverlays(object, workloads);
    return found.leftOut === undefined ? { ...found, unknown: type } : found;
  }
  return {
    workloads,
    leftOut: { reason: "pods", message: unjudgedByForm(object, other.places), kind: type },
  };
}

function ofKnownKind(workload: WorkloadSource): InObject {
  const { object, kind } = workload;
  const marks = imageMarks(object, templatePath(kind));
  if (marks.length === 0) return withOverlays(object, [workload]);
  return { workloads: [workload], leftOut: { reason: "pods", message: replacedImages(object, marks) } };
}

/** Workloads of a custom resource with fields beside their templates that change the pods. */
function withOverlays(object: KubernetesObject, workloads: readonly WorkloadSource[]): InObject {
  if (isRouteOrRecord(object) || isOfKubernetes(groupOf(object))) return { workloads };
  const templates = workloads.map((one) => [
    ...one.object.path.slice(object.path.length),
    ...templatePath(one.kind),
  ]);
  const overlays = overlaysIn(object, templates);
  if (overlays.length === 0) return { workloads };
  const message = unjudgedOverlays(object, overlays);
  return { workloads, leftOut: { reason: "pods", message, kind: typeOf(object) } };
}

const NO_TEMPLATE: Text = {
  fr: "ce Rollout n'a pas de gabarit de pod : il reprend celui du workload que nomme spec.workloadRef, à juger à sa place",
  en: "this Rollout has no pod template: it takes that of the workload named by spec.workloadRef, which is to be judged instead",
};
