import type { Exchange, Recipe } from "../application.ts";
import type { Written } from "./files.ts";

/** What observe.ts is to start. */
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
  /** It ended by itself. */
  readonly earlyExit?: number;
  readonly listenedAfterMs: number;
  readonly listeners: readonly string[];
  readonly listenersAtEnd: readonly string[];
  /** By port and path, on the pod's address; on 127.0.0.1 where that refuses. */
  readonly answers: Readonly<Record<string, string>>;
  /** Bytes of stdout and stderr between the first request and two seconds after the last. */
  readonly saidWhileAsked: number;
  /** Of the probe's command, by turn. */
  readonly commandExits?: readonly number[];
  readonly stdout: string;
  readonly stderr: string;
  readonly saidBeside?: string;
  /** Files open for writing, and those without a name. */
  readonly heldOpen: readonly string[];
  /** What was written: /tmp, emptyDirs and the root. */
  readonly files: readonly Written[];
  /** What was added or grew by the stop. */
  readonly addedByStop: readonly Written[];
  readonly end: string;
}

export interface Observation {
  readonly name: string;
  readonly readOnly: Phase;
  /** After kill -9, with the same /tmp and emptyDirs, then stopped. */
  readonly restarted: Phase;
  readonly writable: Phase;
  /** On the root that `writable` left. */
  readonly again: Phase;
  /** Files of `writable` that `again` read. */
  readonly readAgain: readonly string[];
}
