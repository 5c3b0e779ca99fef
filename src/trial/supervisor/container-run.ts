import type { ReadyEvent } from "../../contract/trial-events.ts";
import type { PodContainer } from "./pod.ts";
import type { Container } from "./running-container.ts";
import type { ContainerSockets } from "./sockets-watch.ts";

/** One run of a container, from its start to its end. */
export interface ContainerRun {
  readonly podContainer: PodContainer;
  readonly container: Container;
  readonly sockets: ContainerSockets;
}

/** How a server is ended. */
export type RunEnd = "kill" | "stop";

/** How a container came up once, which it needs at least as long for at its next start. */
export interface StartSeen {
  /** Milliseconds from the start to its end, or to what ended it. */
  readonly upMs: number;
  /** Milliseconds from the start until it was ready. */
  readonly readyMs: number;
  /** Its first process had a handler for the stop signal. */
  readonly handled: boolean;
}

/** What is done with a container in a phase. */
export interface RunOptions {
  /** Which declared probes are tried, and health paths with them; of `exec`, commands alone, and ports. */
  readonly probes: "all" | "exec";
  /** Asked to stop, it is no sooner than it was ready at this start; absent: it has no other one. */
  readonly like?: StartSeen;
  readonly end: RunEnd | Promise<RunEnd>;
  /** What it writes to volumes when it is asked to stop is told apart: see wroteAtStop(). */
  readonly notesStop?: true;
  /** The longest wait for the stop; absent: the whole grace period. */
  readonly stopMs?: number;
  readonly readyMs: number;
  readonly settleMs: number;
  /** It will be started once more on a read-only root: that container is made while this one is only watched. */
  readonly again?: boolean;
}

export type RunOutcome =
  /** Of batches, `completed` ended well, `unfinished` was ended by us. */
  | { readonly was: "start-failed" | "completed" | "unfinished" }
  /**
   * It ended by itself, when it should not or not well. `early`: containers that had not started
   * yet, so that it may have looked for them in vain.
   */
  | { readonly was: "exited"; readonly early: readonly PodContainer[] }
  /** A server that was ended by us; `forced`: it had not stopped when asked to. */
  | {
      readonly was: "serving";
      readonly by: ReadyEvent["by"];
      readonly forced: boolean;
      readonly start: StartSeen;
    };
