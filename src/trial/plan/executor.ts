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
      /** Exclusive upper bound of the uids and gids that a process can get. */
      readonly idCount: number;
      readonly pods: PodRunner;
    }
  | { readonly available: false; readonly problems: readonly [ExecutorProblem, ...ExecutorProblem[]] };

/** Missing part of the system, with its exact fix. */
export interface ExecutorProblem {
  /** Stable identifier, kebab-case. */
  readonly code: string;
  readonly text: Text;
  readonly fix: Text;
}

export interface PodRunner {
  /** Completes a plan with the executor's part. */
  plan(pod: PodDraft): PodPlan;
  /**
   * Runs one pod to its end. Afterwards everything is removed, however the pod ended.
   *
   * @param words messages to the supervisor, each sent as soon as it resolves
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
  /** Paths that must remain visible. */
  readonly needed: readonly string[];
  /** Returns the parts of the plan that contain paths below scratch. */
  readonly within: (place: PodPlace) => Pick<PodPlan, "containers" | "volumes" | "rootBytes">;
};

export interface PodPlace {
  readonly scratch: string;
  /** Cgroup of the pod; absent if cgroups cannot be created. */
  readonly cgroup?: string;
}
