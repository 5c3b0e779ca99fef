import { type InvalidField, invalidAt, type WorkloadFacts } from "../contract/workload-facts.ts";

/** First invalid field among these fields of these containers, given by path. */
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
