import type { DependencyFailure, TrialDependencyFacts } from "../contract/trial-dependency.ts";
import type { RawTrial } from "../contract/trial-facts.ts";

export type FailedDependency = TrialDependencyFacts & { readonly failure: DependencyFailure };

/**
 * The dependency that failed first: what the application did, it may have done for want of it, and
 * what it did before is not the whole of what a trial looks at.
 */
export function failedDependency({
  dependencies = [],
}: Pick<RawTrial, "dependencies">): FailedDependency | undefined {
  return dependencies.filter(hasFailed).toSorted((a, b) => a.failure.ms - b.failure.ms)[0];
}

function hasFailed(one: TrialDependencyFacts): one is FailedDependency {
  return one.failure !== undefined;
}
