import { formatPath } from "../../contract/field-path.ts";
import { podField, type WorkloadFacts } from "../../contract/workload-facts.ts";

/** Path of a label or an annotation of the workload's pods. */
export function metadataField(workload: WorkloadFacts, of: "labels" | "annotations", key: string): string {
  return podField(workload, formatPath(["metadata", of, key]));
}
