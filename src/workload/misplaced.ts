import { formatPath, type Segment } from "../contract/field-path.ts";
import { isMapping } from "./decode/collections.ts";
import { type KubernetesObject, templatePath, type WorkloadKind, workloadKind } from "./objects/kind.ts";

/** Fields that exist only in a container's securityContext. */
const OF_CONTAINER_CONTEXT = [
  "allowPrivilegeEscalation",
  "capabilities",
  "privileged",
  "procMount",
  "readOnlyRootFilesystem",
];
/** Fields of every securityContext. */
const OF_CONTEXTS = ["runAsNonRoot", "runAsUser", "seccompProfile"];
const OF_CONTAINERS = ["livenessProbe", "readinessProbe", "startupProbe"];
const OF_CONTEXT = [...OF_CONTAINER_CONTEXT, ...OF_CONTEXTS];
const OF_NONE = [...OF_CONTEXT, ...OF_CONTAINERS];
/** Fields with a pod's containers. */
const LISTS = ["initContainers", "containers", "ephemeralContainers"];

/**
 * Paths of pod fields at places where Kubernetes does not know them: a container's field in the pod, a
 * securityContext's field beside it or around the template.
 */
export function misplacedFields(object: KubernetesObject, kind: WorkloadKind): readonly string[] {
  const found: string[] = [];
  const look = (holder: unknown, path: readonly Segment[], names: readonly string[]) => {
    if (!isMapping(holder)) return;
    const own = names.filter((name) => holder[name] !== undefined && holder[name] !== null);
    found.push(...own.map((name) => formatPath([...object.path, ...path, name])));
  };
  const spec = [...templatePath(kind), "spec"];
  // Fields around a custom resource's template belong to its controller.
  const isKnown = workloadKind(object) !== undefined;
  let holder: unknown = object.value;
  for (const [depth, key] of spec.entries()) {
    const path = spec.slice(0, depth);
    if (isKnown) look(holder, path, OF_NONE);
    if (isKnown) look(valueIn(holder, "securityContext"), [...path, "securityContext"], OF_NONE);
    holder = valueIn(holder, key);
  }
  look(holder, spec, OF_NONE);
  look(valueIn(holder, "securityContext"), [...spec, "securityContext"], OF_CONTAINER_CONTEXT);
  for (const list of LISTS) {
    const containers = valueIn(holder, list);
    if (!Array.isArray(containers)) continue;
    for (const [index, container] of containers.entries())
      look(container, [...spec, list, index], OF_CONTEXT);
  }
  return found;
}

function valueIn(holder: unknown, key: Segment): unknown {
  if (Array.isArray(holder)) return typeof key === "number" ? holder[key] : undefined;
  return isMapping(holder) ? holder[key] : undefined;
}
