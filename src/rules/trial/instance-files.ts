import { LIMITS } from "../../contract/limits.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { type Observed, observed } from "../../observations/observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "../../observations/phase-run.ts";

type Write = Observed<"write">;
type Reread = Observed<"reread">;

/**
 * Files of the first start and those of the second replica, which began with nothing: what both have
 * alike is made by each start, what one has of its own is not.
 */
export interface InstanceFiles {
  /** What files held at first, by path. */
  readonly first: ReadonlyMap<string, Write>;
  /** What files of volumes held once the container was last stopped in order, and not killed. */
  readonly stopped: ReadonlyMap<string, Write>;
  readonly replica: ReadonlyMap<string, Write>;
  /** Whether all that a replica wrote to a volume, or to the root, was seen, and it was asked what the first one was. */
  readonly comparable: { readonly volumes: boolean; readonly root: boolean };
}

export function instanceFiles(trial: TrialFacts): InstanceFiles {
  const onRoot = runOn(trial, "replica", "writable");
  const replica = phaseRun(trial, "replica");
  const firsts = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")];
  const [readOnly, writable] = firsts as [PhaseRun, PhaseRun];
  const isComparable = (run: PhaseRun): boolean =>
    worked(run) &&
    (isAsked(run) || !firsts.some(isAsked)) &&
    observed(run.observations, "limit").length === 0;
  const orderly = [phaseRun(trial, "restart"), writable].filter(wasStopped);
  const stopped = orderly.flatMap(({ observations }) => observed(observations, "write")).filter(isInVolume);
  return {
    first: byPath([...readOnly.observations, ...rootWritesIn(writable)]),
    stopped: byPath(stopped),
    replica: byPath([...replica.observations, ...rootWritesIn(onRoot)]),
    comparable: { volumes: isComparable(replica), root: isComparable(onRoot) },
  };
}

/**
 * Whether a file held something else than that of the replica. The first start is killed, the replica is
 * stopped: a file that a stop makes alike in both, as one that says "shut down in order", is no
 * difference. Some files are written at a stop alone.
 */
export function differs({ first, stopped, replica }: InstanceFiles, path: string): boolean {
  const [last, other] = [stopped.get(path)?.digest, replica.get(path)?.digest];
  const own = first.get(path)?.digest ?? last;
  return own !== undefined && other !== undefined && own !== other && last !== other;
}

/** Whether the replica, asked the same, made no such file: it is not what each start makes. */
export function isAlone({ replica, comparable }: InstanceFiles, { area, path }: Reread): boolean {
  return (area === "/" ? comparable.root : comparable.volumes) && !replica.has(path);
}

/** Whether what a later phase left of a file is what the replica made from nothing: then it depends on nothing that was kept. */
export function isMadeAlike({ replica }: InstanceFiles, now: Write | undefined): boolean {
  const other = now === undefined ? undefined : replica.get(now.path);
  if (now?.digest === undefined || other?.digest === undefined) return false;
  return now.digest === other.digest && now.bytes === other.bytes && now.bytes <= LIMITS.trialDigestBytes;
}

/**
 * Whether what a later phase left of a file depends on what was kept: fresh starts make it alike and
 * this one did not; or a word with a number in it went on that the replica does not have.
 */
export function isContinued({ first, replica }: InstanceFiles, now: Write | undefined): boolean {
  if (now === undefined) return false;
  const [own, other] = [first.get(now.path), replica.get(now.path)];
  if (own?.digest === undefined || other?.digest === undefined || now.digest === undefined) return false;
  if (own.digest === other.digest) return now.digest !== own.digest;
  const [before, elsewhere] = [wordsOf(own), wordsOf(other)];
  return [...wordsOf(now)].some((word) => before.has(word) && !elsewhere.has(word));
}

/** Long enough that two instances do not have the same one by chance. */
const WORD = /[A-Za-z0-9_-]{8,64}/g;

function wordsOf({ sample = "" }: Write): ReadonlySet<string> {
  return new Set([...sample.matchAll(WORD)].map(([word]) => word).filter((word) => /\d/.test(word)));
}

/** The write of a reread file in the same phase, by which it holds what it does now. */
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
