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

/** Start of a container, which its next start may take as long as. */
export interface StartSeen {
  /** Milliseconds from the start to its end, or to the action that ended it. */
  readonly upMs: number;
  /** Milliseconds from the start until it was ready. */
  readonly readyMs: number;
  /** The first process had a handler for the stop signal. */
  readonly handled: boolean;
}

/** Options of a run in a phase. */
export interface RunOptions {
  /** Probes to run: declared ones and health paths, or only commands (`exec`) and ports. */
  readonly probes: "all" | "exec";
  /** Asked to stop, it is no sooner than it was ready at this start; absent: it has no other one. */
  readonly like?: StartSeen;
  readonly end: RunEnd | Promise<RunEnd>;
  /** Writes to volumes during the stop are recorded separately: see wroteAtStop(). */
  readonly notesStop?: true;
  /** The longest wait for the stop; absent: the whole grace period. */
  readonly stopMs?: number;
  readonly readyMs: number;
  readonly settleMs: number;
  /** A restart on a read-only root follows: its container is prepared while this one is only observed. */
  readonly again?: boolean;
}

export type RunOutcome =
  /** Batches: `completed` ended successfully, `unfinished` was ended by us. */
  | { readonly was: "start-failed" | "completed" | "unfinished" }
  /**
   * Ended on its own although it should not, or unsuccessfully. `early`: containers that had not started yet,
   * which it may have missed.
   */
  | { readonly was: "exited"; readonly early: readonly PodContainer[] }
  /** A server that was ended by us; `forced`: it had not stopped when asked to. */
  | {
      readonly was: "serving";
      readonly by: ReadyEvent["by"];
      readonly forced: boolean;
      readonly start: StartSeen;
    };
