import { formatPath, parsePath, type Segment } from "../contract/field-path.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import type { TextPlace } from "./map-texts.ts";
import { maskText } from "./scan.ts";
import { nameIn } from "./workload-names.ts";

/** A field of a manifest, as findings name it. */
export interface FieldPlace {
  /** Path in the document. */
  readonly path: string;
  /** Name of the variable, the annotation or the field. */
  readonly name: string;
}

/** Fields of the facts that come from metadata. */
const OF_METADATA: readonly unknown[] = ["name", "namespace", "labels", "annotations"];
const OF_OBJECT: readonly unknown[] = ["apiVersion", "kind"];

/** Field of the document that a text of a workload's facts comes from; undefined for derived facts. */
export function fieldPlace(facts: RawWorkload, place: TextPlace): FieldPlace | undefined {
  const [top, ...inPod] = place.path;
  const object = parsePath(facts.path);
  if (OF_OBJECT.includes(top)) return placeOf([...object, ...place.path], place);
  if (OF_METADATA.includes(top)) return placeOf([...object, "metadata", ...place.path], place);
  if (top !== "pod") return undefined;
  const pod = parsePath(facts.podPath);
  if (OF_METADATA.includes(inPod[0])) return placeOf([...pod, "metadata", ...inPod], place);
  return placeOf([...pod, ...inPod], place);
}

function placeOf(path: readonly Segment[], { path: own, parent, isKey }: TextPlace): FieldPlace {
  const [holder, field] = own.slice(-2);
  const isMapped = holder === "annotations" || holder === "labels";
  const named = field === "value" && !isKey ? nameIn(parent) : undefined;
  const name = named ?? (isMapped && !isKey ? String(field) : fieldName(own));
  // Names may contain secrets, too, so they are masked in paths.
  return { path: formatPath(path.map(maskSegment)), name: maskText(name) };
}

function maskSegment(segment: Segment): Segment {
  return typeof segment === "string" ? maskText(segment) : segment;
}

/**
 * Name of a field without positions and without the path common to all containers: `args`, `livenessProbe`,
 * `volumes.hostPath.path`.
 */
function fieldName(path: readonly Segment[]): string {
  return path
    .filter((segment) => typeof segment === "string")
    .join(".")
    .replace(/^pod\.(?:spec\.)?/, "")
    .replace(/^(?:init|ephemeral)?[cC]ontainers\./, "")
    .replace(/\.httpGet\.path$/, "");
}
