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

/** Way in which a server is ended. */
export type RunEnd = "kill" | "stop";

/** Observations of an earlier start, by which the times of the next start are bounded. */
export interface StartSeen {
  /** Milliseconds from the start to the container's end, or to the action that ended it. */
  readonly upMs: number;
  /** Milliseconds from the start until it was ready. */
  readonly readyMs: number;
  /** Set if the first process had a handler for the stop signal. */
  readonly handled: boolean;
}

/** Options of a run in a phase. */
export interface RunOptions {
  /** Probes to run: declared probes and health paths, or only commands (`exec`) and ports. */
  readonly probes: "all" | "exec";
  /**
   * The earlier start: the container is not stopped before the time after which the earlier start was ready;
   * absent for the first start.
   */
  readonly like?: StartSeen;
  /** Set if the declared probes are sent again after the last requests. */
  readonly probesLate?: boolean;
  readonly end: RunEnd | Promise<RunEnd>;
  /** Set if writes to volumes during the stop are recorded separately: see wroteAtStop(). */
  readonly notesStop?: true;
  /** Longest wait for the stop in milliseconds; absent for the whole grace period. */
  readonly stopMs?: number;
  readonly readyMs: number;
  readonly settleMs: number;
  /**
   * Set if a restart on a read-only root follows: the next container is prepared while this container is only
   * observed.
   */
  readonly again?: boolean;
}

export type RunOutcome =
  /** Batches: `completed` ended successfully, `unfinished` was ended by us. */
  | { readonly status: "start-failed" | "completed" | "unfinished" }
  /**
   * A container that ended although it should keep running, or that failed. `early`: containers that had not
   * started yet, and that it may have needed.
   */
  | { readonly status: "exited"; readonly early: readonly PodContainer[] }
  /** A server that douane ended; `forced`: it did not stop in time and was killed. */
  | {
      readonly status: "serving";
      readonly by: ReadyEvent["by"];
      readonly forced: boolean;
      readonly start: StartSeen;
    };
