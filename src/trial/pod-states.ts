import type { PodPlan } from "./plan/plan.ts";
import type { TrialOptions } from "./trial-options.ts";

/** Names of the trial's own pods. */
export type PodName = Exclude<PodPlan["name"], "dependency">;

/** Activity of each pod of a trial. The trial is idle if one pod only waits and no other pod is busy. */
export class PodStates {
  readonly #states: Map<PodName, "busy" | "idle" | "ended">;
  readonly #onIdle: TrialOptions["onIdle"];
  #isIdle = false;

  /** @param pods names of the pods that run at the same time */
  constructor(pods: readonly PodName[], onIdle: TrialOptions["onIdle"]) {
    this.#states = new Map(pods.map((pod) => [pod, "busy"]));
    this.#onIdle = onIdle;
  }

  set(pod: PodName, state: "busy" | "idle" | "ended"): void {
    this.#states.set(pod, state);
    const states = [...this.#states.values()];
    const isIdle = states.includes("idle") && !states.includes("busy");
    if (isIdle !== this.#isIdle) this.#onIdle?.(isIdle);
    this.#isIdle = isIdle;
  }
}
