import type { RawTrial, TrialObservation } from "../contract/trial-facts.ts";

/** Another container of the pod with its observations. */
interface Beside {
  readonly observations: readonly TrialObservation[];
}

/**
 * Random paths that were requested of other containers, each once. A container behind a proxy gets its
 * requests from that container, and its output may name them.
 */
export function siblingRequests(others: readonly Beside[]): Pick<RawTrial, "askedBeside"> {
  const asked = others
    .flatMap(({ observations }) => observations)
    .flatMap((one) =>
      one.kind === "http" && one.why === "random" ? [{ phase: one.phase, path: one.path }] : [],
    );
  const distinct = [...new Map(asked.map((one) => [`${one.phase} ${one.path}`, one])).values()];
  return distinct.length === 0 ? {} : { askedBeside: distinct };
}
