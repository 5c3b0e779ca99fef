import type { Exchange, Recipe } from "../application.ts";
import type { Written } from "./files.ts";

/** The application that observe.ts starts. */
export interface Subject {
  readonly name: string;
  readonly recipe: Recipe;
  readonly trees: readonly string[];
  /** Instead of /tmp. */
  readonly emptyDirs?: readonly string[];
  /** A second container of the pod, beside each life of the first. */
  readonly beside?: { readonly recipe: Recipe; readonly trees: readonly string[] };
  /** Run in the container once it is up, as a probe. */
  readonly command?: readonly string[];
  readonly dependency?: { readonly name: string; readonly recipe: Recipe; readonly trees: readonly string[] };
  readonly paths?: readonly string[];
  readonly requests?: readonly Exchange[];
  /** Seconds until it listens, at most. */
  readonly ready?: number;
  /** Seconds after the last request. */
  readonly settle?: number;
}

/** One life of a container. */
export interface Phase {
  /** Exit code, if the container ended by itself. */
  readonly earlyExit?: number;
  readonly listenedAfterMs: number;
  readonly listeners: readonly string[];
  readonly listenersAtEnd: readonly string[];
  /** Answers by port and path, on the pod's address; on 127.0.0.1 if that refuses. */
  readonly answers: Readonly<Record<string, string>>;
  /** Bytes of stdout and stderr between the first request and two seconds after the last. */
  readonly saidWhileAsked: number;
  /** Exit codes of the probe's command, by turn. */
  readonly commandExits?: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
  readonly saidBeside?: string;
  /** Files open for writing, and files without a name. */
  readonly heldOpen: readonly string[];
  /** Files written to /tmp, emptyDirs and the root. */
  readonly files: readonly Written[];
  /** Files added or grown by the stop. */
  readonly addedByStop: readonly Written[];
  readonly end: string;
}

export interface Observation {
  readonly name: string;
  readonly readOnly: Phase;
  /** Phase after kill -9, with the same /tmp and emptyDirs, then stopped. */
  readonly restarted: Phase;
  readonly writable: Phase;
  /** Phase on the root that `writable` left. */
  readonly again: Phase;
  /** Files of `writable` that `again` read. */
  readonly readAgain: readonly string[];
}
