import type { DependencyFailure, TrialDependencyFacts } from "../../contract/trial-dependency.ts";
import type { RawTrial, TrialObservation } from "../../contract/trial-facts.ts";

export type FailedDependency = TrialDependencyFacts & { readonly failure: DependencyFailure };

/**
 * The first dependency that had failed before a phase was over: what the application did in it, or
 * afterwards, it may have done for want of it.
 */
export function failedDependency(
  { dependencies = [], phases }: Pick<RawTrial, "dependencies" | "phases">,
  { name, root }: { readonly name: string; readonly root?: TrialObservation["root"] },
): FailedDependency | undefined {
  const own = phases.filter((phase) => phase.name === name && (root === undefined || phase.root === root));
  // Who was not seen to its end may have lacked whatever failed at any time.
  const end = own.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...own.map(({ endMs }) => endMs));
  return dependencies.filter(hasFailed).find(({ failure }) => failure.ms <= end);
}

function hasFailed(one: TrialDependencyFacts): one is FailedDependency {
  return one.failure !== undefined;
}
