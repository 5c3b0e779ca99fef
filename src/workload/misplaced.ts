import { formatPath, type Segment } from "../contract/field-path.ts";
import { isMapping } from "./decode/collections.ts";
import { type KubernetesObject, templatePath, type WorkloadKind, workloadKind } from "./kind.ts";

/** What a container's securityContext has, and no other place. */
const OF_CONTAINER_CONTEXT = [
  "allowPrivilegeEscalation",
  "capabilities",
  "privileged",
  "procMount",
  "readOnlyRootFilesystem",
];
/** What every securityContext has. */
const OF_CONTEXTS = ["runAsNonRoot", "runAsUser", "seccompProfile"];
const OF_CONTAINERS = ["livenessProbe", "readinessProbe", "startupProbe"];
const OF_CONTEXT = [...OF_CONTAINER_CONTEXT, ...OF_CONTEXTS];
const OF_NONE = [...OF_CONTEXT, ...OF_CONTAINERS];
/** Lists of a pod's containers. */
const LISTS = ["initContainers", "containers", "ephemeralContainers"];

/**
 * Fields of a pod that stand where Kubernetes knows none of that name, by their paths in the document:
 * a container's beside the pod's, those of a securityContext beside it or around the template.
 */
export function misplacedFields(object: KubernetesObject, kind: WorkloadKind): readonly string[] {
  const found: string[] = [];
  const look = (holder: unknown, path: readonly Segment[], names: readonly string[]) => {
    if (!isMapping(holder)) return;
    const own = names.filter((name) => holder[name] !== undefined && holder[name] !== null);
    found.push(...own.map((name) => formatPath([...object.path, ...path, name])));
  };
  const spec = [...templatePath(kind), "spec"];
  // What a custom resource has around its template is for its controller to know.
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
