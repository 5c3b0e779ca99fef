import { InvalidInputError } from "../contract/error.ts";
import { formatPath } from "../contract/field-path.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { completionOf } from "./custom/completion.ts";
import { podsWithin } from "./custom/find-pods.ts";
import { imageMarks } from "./custom/image-marks.ts";
import { overlaysIn } from "./custom/overlays.ts";
import { releasedChart } from "./custom/releases.ts";
import { unjudgedByForm, unjudgedOverlays, unjudgedPods, unjudgedRelease } from "./custom/unjudged.ts";
import { unknownKind } from "./custom/unknown-kind.ts";
import { isMapping, valueAt } from "./decode/collections.ts";
import {
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

/** @throws InvalidInputError `pods-per-object`, `containers-per-pod`, `object-too-deep` */
export function inObject(object: KubernetesObject): InObject {
  const kind = workloadKind(object);
  if (kind !== undefined) {
    if (!refersToWorkload(object)) return { workloads: changed(object, [{ object, kind }]) };
    return { workloads: [], leftOut: { reason: "no-template", message: NO_TEMPLATE } };
  }
  const chart = releasedChart(object);
  if (chart !== undefined) {
    return { workloads: [], leftOut: { reason: "release", message: unjudgedRelease(object, chart) } };
  }
  const { workloads: found, unjudged } = podsWithin(object);
  const workloads = changed(object, found);
  const type = typeOf(object);
  if (unjudged.length > 0) {
    return { workloads, leftOut: { reason: "pods", message: unjudgedPods(object, unjudged), kind: type } };
  }
  return workloads.length > 0 ? { workloads } : withoutPods(object, type);
}

/** An object in which no pods were found. */
function withoutPods(object: KubernetesObject, type: string): InObject {
  const other = unknownKind(object);
  if (other?.kind === "pods") {
    const message = unjudgedByForm(object, other.places);
    return { workloads: [], leftOut: { reason: "pods", message, kind: type } };
  }
  const overlays = overlaysIn(object, []);
  if (overlays.length > 0) {
    const message = unjudgedOverlays(object, overlays);
    return { workloads: [], leftOut: { reason: "pods", message, kind: type } };
  }
  return { workloads: [], ...(other === undefined ? {} : { unknown: type }) };
}

/** Workloads of an object, with the fields and marks that change their pods or images beside the template. */
function changed(object: KubernetesObject, workloads: readonly WorkloadSource[]): readonly WorkloadSource[] {
  const templates = workloads.map((one) => [
    ...one.object.path.slice(object.path.length),
    ...templatePath(one.kind),
  ]);
  const completion = completionOf(object);
  // A workload inside the object is one of Kubernetes' own kinds, with its own controller.
  const own = completion === "none" ? [] : workloads.filter((one) => one.object === object);
  const completed = own.map((one) => [...object.path, ...templatePath(one.kind)]);
  const others = overlaysIn(object, templates);
  const paths = [...completed, ...others].slice(0, MOST_PATHS).map(formatPath);
  const isUnknown = completion === "unknown" && others.length === 0;
  const found = { kind: typeOf(object), paths, ...(isUnknown ? { isUnknown } : {}) } as const;
  const overlays = paths.length === 0 ? {} : { overlays: found };
  return workloads.map((one) => {
    assertContainers(one);
    const marks = imageMarks(one.object, templatePath(one.kind)).slice(0, MOST_PATHS).map(formatPath);
    return { ...one, ...overlays, ...(marks.length === 0 ? {} : { imageMarks: marks }) };
  });
}

/** Lists of a pod's spec whose items can start code. */
const CONTAINERS = ["initContainers", "containers", "ephemeralContainers", "volumes"];

function assertContainers({ object, kind }: WorkloadSource): void {
  const spec = valueAt(object.value, ...templatePath(kind), "spec");
  const items = CONTAINERS.flatMap((list) => {
    const found = isMapping(spec) ? spec[list] : undefined;
    if (!Array.isArray(found)) return [];
    return list === "volumes" ? found.filter((one) => isMapping(one) && isMapping(one["image"])) : found;
  });
  if (items.length <= LIMITS.containersPerPod) return;
  throw new InvalidInputError("containers-per-pod", {
    fr: `${items.length} conteneurs et volumes d'image dans un seul pod (limite containersPerPod : ${LIMITS.containersPerPod}) : en faire plusieurs workloads`,
    en: `${items.length} containers and image volumes in one pod (limit containersPerPod: ${LIMITS.containersPerPod}): make several workloads of them`,
  });
}

/** Maximum number of paths that a workload's facts name. */
const MOST_PATHS = 20;

const NO_TEMPLATE: Text = {
  fr: "ce Rollout n'a pas de gabarit de pod : il reprend celui du workload que nomme spec.workloadRef, à juger à sa place",
  en: "this Rollout has no pod template: it takes that of the workload named by spec.workloadRef, which is to be judged instead",
};
