import type { DependencyFailure, TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial } from "../contract/trial-facts.ts";

export type FailedDependency = TrialDependencyFacts & { readonly failure: DependencyFailure };

/**
 * Dependency that failed first: later behaviour of the application may be a consequence, and earlier
 * behaviour is incomplete evidence.
 */
export function failedDependency({
  dependencies = [],
}: Pick<RawTrial, "dependencies">): FailedDependency | undefined {
  return dependencies.filter(hasFailed).toSorted((a, b) => a.failure.ms - b.failure.ms)[0];
}

function hasFailed(one: TrialDependencyFacts): one is FailedDependency {
  return one.failure !== undefined;
}
