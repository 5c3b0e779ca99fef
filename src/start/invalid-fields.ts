import { type InvalidField, invalidAt, type WorkloadFacts } from "../contract/workload-facts.ts";

/** The first of these fields, in these containers by their paths, that is not valid Kubernetes. */
export function invalidField(
  workload: WorkloadFacts,
  containers: readonly string[],
  fields: readonly string[],
): InvalidField | undefined {
  for (const container of containers) {
    for (const field of fields) {
      const invalid = invalidAt(workload, `${container}.${field}`);
      if (invalid !== undefined) return invalid;
    }
  }
  return undefined;
}
