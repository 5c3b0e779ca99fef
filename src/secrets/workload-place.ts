import { formatPath, parsePath, type Segment } from "../contract/field-path.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import type { TextPlace } from "./map-texts.ts";
import { maskText } from "./scan.ts";
import { nameIn } from "./workload-names.ts";

/** A field of a manifest, as findings name it. */
export interface FieldPlace {
  /** In the document. */
  readonly path: string;
  /** Of the variable, the annotation, or the field. */
  readonly name: string;
}

/** Facts that stand in metadata. */
const OF_METADATA: readonly unknown[] = ["name", "namespace", "labels", "annotations"];
const OF_OBJECT: readonly unknown[] = ["apiVersion", "kind"];

/** Which field of the document a text of a workload's facts is; undefined for what was concluded from others. */
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
  // Names are texts, too; they are cut where they are written into a path.
  return { path: formatPath(path.map(maskSegment)), name: maskText(name) };
}

function maskSegment(segment: Segment): Segment {
  return typeof segment === "string" ? maskText(segment) : segment;
}

/** Without positions and what all containers stand in: `args`, `livenessProbe`, `volumes.hostPath.path`. */
function fieldName(path: readonly Segment[]): string {
  return path
    .filter((segment) => typeof segment === "string")
    .join(".")
    .replace(/^pod\.(?:spec\.)?/, "")
    .replace(/^(?:init|ephemeral)?[cC]ontainers\./, "")
    .replace(/\.httpGet\.path$/, "");
}
