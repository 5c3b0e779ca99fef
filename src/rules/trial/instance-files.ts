import { LIMITS } from "../../contract/limits.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { limitedBy } from "../../observations/limited-by.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";

type Write = Observed<"write">;
type Reread = Observed<"reread">;

/**
 * Files of the first start and of the second replica, whose volumes began empty. Files that are alike in both
 * are created by every start; the other files belong to one instance.
 */
export interface InstanceFiles {
  /** First content of files, by path. */
  readonly first: ReadonlyMap<string, Write>;
  /** Content of files in volumes after the last orderly stop (not a kill). */
  readonly stopped: ReadonlyMap<string, Write>;
  readonly replica: ReadonlyMap<string, Write>;
  /**
   * Whether all writes of the replica to volumes, or to the root, were observed, with the same requests as
   * the first instance.
   */
  readonly comparable: { readonly volumes: boolean; readonly root: boolean };
  /** Whether the replica waited for a processor: what it has not made, it may not have made yet. */
  readonly late: boolean;
}

export function instanceFiles(trial: TrialFacts): InstanceFiles {
  const onRoot = runOn(trial, "replica", "writable");
  const replica = phaseRun(trial, "replica");
  const firsts = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  const [readOnly, writable] = firsts as [PhaseRun, PhaseRun];
  const isComparable = (run: PhaseRun): boolean =>
    worked(run) && (isAsked(run) || !firsts.some(isAsked)) && limitedBy([run]) === undefined;
  const orderly = [phaseRun(trial, "restart"), writable].filter(wasStopped);
  const stopped = orderly.flatMap(({ observations }) => observed(observations, "write")).filter(isInVolume);
  return {
    first: byPath([...readOnly.observations, ...rootWritesIn(writable)]),
    stopped: byPath(stopped),
    replica: byPath([...replica.observations, ...rootWritesIn(onRoot)]),
    comparable: { volumes: isComparable(replica), root: isComparable(onRoot) },
    late: limitedBy([replica, onRoot], ["processor"]) !== undefined,
  };
}

/**
 * Whether a file's content differs from the replica's. The first start is killed and the replica is stopped, so a file
 * that an orderly stop makes alike in both ("clean shutdown") is not a difference; some files are written only on a
 * stop.
 */
export function differs({ first, stopped, replica }: InstanceFiles, path: string): boolean {
  const [last, other] = [stopped.get(path)?.digest, replica.get(path)?.digest];
  const own = first.get(path)?.digest ?? last;
  return own !== undefined && other !== undefined && own !== other && last !== other;
}

/** Whether the replica, with the same requests, did not create the file. */
export function isAlone({ replica, comparable }: InstanceFiles, { area, path }: Reread): boolean {
  return (area === "/" ? comparable.root : comparable.volumes) && !replica.has(path);
}

/**
 * Whether a later phase left the same content as the replica, which created it from nothing, so that it
 * depends on no kept content.
 */
export function isMadeAlike({ replica }: InstanceFiles, now: Write | undefined): boolean {
  const other = now === undefined ? undefined : replica.get(now.path);
  if (now?.digest === undefined || other?.digest === undefined) return false;
  return now.digest === other.digest && now.bytes === other.bytes && now.bytes <= LIMITS.trialDigestBytes;
}

/**
 * Whether the content left by a later phase depends on kept content: fresh starts give equal content but this
 * phase did not, or it continues a number that the replica lacks.
 */
export function isContinued({ first, replica }: InstanceFiles, now: Write | undefined): boolean {
  if (now === undefined) return false;
  const [own, other] = [first.get(now.path), replica.get(now.path)];
  if (own?.digest === undefined || other?.digest === undefined || now.digest === undefined) return false;
  if (own.digest === other.digest) return now.digest !== own.digest;
  const [before, elsewhere] = [wordsOf(own), wordsOf(other)];
  return [...wordsOf(now)].some((word) => before.has(word) && !elsewhere.has(word));
}

/** Words that are long enough not to be equal in two instances by chance. */
const WORD = /[A-Za-z0-9_-]{8,64}/g;

function wordsOf({ sample = "" }: Write): ReadonlySet<string> {
  return new Set([...sample.matchAll(WORD)].map(([word]) => word).filter((word) => /\d/.test(word)));
}

/** Write that gave a reread file its content in the same phase. */
export function writeAfter({ phase, path }: Reread, writes: readonly Write[]): Write | undefined {
  return writes.findLast(
    (write) => write.phase === phase && write.path === path && write.change !== "deleted",
  );
}

function wasStopped({ exit }: PhaseRun): boolean {
  return exit?.by === "stop" && exit.forced !== true;
}

function isInVolume({ area }: Write): boolean {
  return area !== "/";
}

function isAsked({ observations }: PhaseRun): boolean {
  return observations.some(({ kind }) => kind === "http" || kind === "exchange");
}

export function rootWritesIn({ observations }: PhaseRun): readonly Write[] {
  return observed(observations, "write").filter(({ area }) => area === "/");
}

function byPath(observations: PhaseRun["observations"]): ReadonlyMap<string, Write> {
  const writes = observed(observations, "write").filter(({ change }) => change !== "deleted");
  return new Map(writes.map((write) => [write.path, write]));
}
