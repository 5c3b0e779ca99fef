import type { PodPlan } from "./plan.ts";
import type { TrialOptions } from "./trial-options.ts";

/** Of those on trial. */
export type PodName = Exclude<PodPlan["name"], "dependency">;

/** What each pod of a trial does: it is idle when one only waits and no other does anything. */
export class PodStates {
  readonly #states: Map<PodName, "busy" | "idle" | "ended">;
  readonly #onIdle: TrialOptions["onIdle"];
  #isIdle = false;

  /** @param pods that will run at once */
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
