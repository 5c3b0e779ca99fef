import type { Digest } from "./image-facts.ts";

/**
 * A dependency's image that ran beside the pod, under a name that the application resolves. It is not judged.
 */
export interface TrialDependencyFacts {
  readonly name: string;
  /** Image as the settings name it. */
  readonly image: string;
  readonly imageId: Digest;
  /** Ports that are open under the name. */
  readonly ports: readonly number[];
  /** Time between the start and the first successful check; absent if no check succeeded. */
  readonly readyMs?: number;
  /** Failure; absent if the dependency ran to the end of the trial. */
  readonly failure?: DependencyFailure;
}

export interface DependencyFailure {
  readonly was: "start-failed" | "not-ready" | "exited";
  /** Whole milliseconds since the trial began. */
  readonly ms: number;
  readonly code?: number;
  readonly signal?: string;
  readonly outOfMemory?: true;
  /** Last lines of stderr, otherwise of stdout; if the runtime refused the start, its reason. Shortened. */
  readonly said?: string;
  /** Set if output is withheld, since the dependency had values from outside the repository. */
  readonly withheld?: true;
}
