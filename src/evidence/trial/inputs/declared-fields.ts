import { serviceAccountOf } from "../../../contract/pod-defaults.ts";
import type { DownwardFileFacts, ResourceFieldFacts } from "../../../contract/volume-facts.ts";
import { controllerMarks } from "../controller-marks.ts";
import { resourceValue } from "../resource-value.ts";
import { containerNamed } from "../volume-files.ts";
import type { SpecSources } from "./declared-input.ts";

interface Field {
  readonly fieldRef?: DownwardFileFacts["fieldRef"] | undefined;
  readonly resourceFieldRef?: ResourceFieldFacts | undefined;
}

/**
 * Value of the downward API, if the manifest determines it: labels, annotations, namespace, named resources.
 * Values that the cluster chooses (pod name, address, node capacity) are represented by their name.
 *
 * @returns undefined for a source of another kind
 */
export function effectiveField(
  { fieldRef, resourceFieldRef }: Field,
  sources: SpecSources,
): string | undefined {
  if (fieldRef !== undefined) return fieldText(fieldRef.fieldPath ?? "", sources);
  return resourceFieldRef === undefined ? undefined : resourceText(resourceFieldRef, sources);
}

function fieldText(path: string, { workload }: SpecSources): string {
  const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path);
  const { labels, annotations } = workload?.pod ?? { labels: {}, annotations: {} };
  if (keyed !== null) {
    const [, map, key = ""] = keyed;
    const values = map === "labels" ? labels : annotations;
    if (Object.hasOwn(values, key)) return values[key] ?? "";
    // A value that the controller chooses.
    const made = controllerMarks(workload, "")[map === "labels" ? "labels" : "annotations"];
    return Object.hasOwn(made, key) ? `field ${path}` : "";
  }
  if (path === "metadata.labels" || path === "metadata.annotations") {
    const [map, made] =
      path === "metadata.labels" ? [labels, "labels" as const] : [annotations, "annotations" as const];
    return mapText({ ...map, ...namesOnly(controllerMarks(workload, "")[made]) });
  }
  if (path === "metadata.namespace") return `field ${path} ${workload?.namespace ?? ""}`;
  if (path === "spec.serviceAccountName") return serviceAccountOf(workload?.pod.spec);
  return `field ${path}`;
}

/** Names of values that the cluster chooses. */
function namesOnly(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(map).map((name) => [name, "field"]));
}

function mapText(map: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Value of a resource; without a limit, the container would see the node's capacity. */
function resourceText(field: ResourceFieldFacts, { spec, workload }: SpecSources): string {
  const { containerName = "", resource = "", divisor = "1" } = field;
  const container = containerName === "" ? spec : containerNamed(workload, containerName);
  const [list, name = ""] = resource.split(".");
  const isOfNode = list === "limits" && !Object.hasOwn(container?.resources?.limits ?? {}, name);
  const value = container === undefined || isOfNode ? undefined : resourceValue(resource, divisor, container);
  return value ?? `resource ${JSON.stringify([containerName, resource, divisor])}`;
}
