import type { Text } from "../../contract/text.ts";
import type { TrialExecutorFacts } from "../../contract/trial-facts.ts";
import type { PodPlan, SupervisorMessage, SupervisorWord } from "./plan.ts";

/** Runs a pod under the Restricted profile and observes it. */
export interface Executor {
  capabilities(signal: AbortSignal): Promise<Capabilities>;
}

export type Capabilities =
  | {
      readonly available: true;
      readonly facts: TrialExecutorFacts;
      /** Uids and gids that it can give to a process are below this. */
      readonly idCount: number;
      readonly pods: PodRunner;
    }
  | { readonly available: false; readonly problems: readonly [ExecutorProblem, ...ExecutorProblem[]] };

/** Missing part and its exact fix. */
export interface ExecutorProblem {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly text: Text;
  readonly fix: Text;
}

export interface PodRunner {
  /** Completes a plan with the executor's part. */
  plan(pod: PodDraft): PodPlan;
  /**
   * Runs one pod to its end; afterwards everything is removed, however it ended.
   *
   * @param words sent to the supervisor, each as soon as it resolves
   * @throws UnavailableError `trial-failed` if the executor itself failed
   */
  run(
    plan: PodPlan,
    onMessage: (message: SupervisorMessage) => void,
    signal: AbortSignal,
    words?: readonly Promise<SupervisorWord>[],
  ): Promise<void>;
}

export type PodDraft = Omit<
  PodPlan,
  "tools" | "scratch" | "cgroup" | "containers" | "volumes" | "rootBytes"
> & {
  /** Paths that must stay in sight. */
  readonly needed: readonly string[];
  /** Makes the parts that name paths below scratch. */
  readonly within: (place: PodPlace) => Pick<PodPlan, "containers" | "volumes" | "rootBytes">;
};

export interface PodPlace {
  readonly scratch: string;
  /** Absent: no cgroups can be made. */
  readonly cgroup?: string;
}
