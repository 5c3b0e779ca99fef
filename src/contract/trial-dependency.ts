import type { Digest } from "./image-facts.ts";

/** An image that ran beside the pod, under a name that the application finds. It is not judged. */
export interface TrialDependencyFacts {
  readonly name: string;
  /** Image as the settings name it. */
  readonly image: string;
  readonly imageId: Digest;
  /** Open under its name. */
  readonly ports: readonly number[];
  /** Time between its start and the first successful check; absent if there was none. */
  readonly readyMs?: number;
  /** Absent: it ran to the end of the trial. */
  readonly failure?: DependencyFailure;
}

export interface DependencyFailure {
  readonly was: "start-failed" | "not-ready" | "exited";
  /** Whole milliseconds since the trial began. */
  readonly ms: number;
  readonly code?: number;
  readonly signal?: string;
  readonly outOfMemory?: true;
  /** The last lines of stderr, else of stdout; the reason of the runtime, when it refused. Cut. */
  readonly said?: string;
  /** Its output is withheld, since it had values from outside the repository. */
  readonly withheld?: true;
}
