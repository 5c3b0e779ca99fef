import { isTemporary, mayBeState } from "../../contract/passing-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { databaseOf } from "../image/database-files.ts";
import { logLikeFiles } from "./log-like.ts";
import { type Observed, observed } from "./observed.ts";
import { type PhaseRun, phaseRun, runOn, worked } from "./phase-run.ts";

/** A database that the application wrote. */
export interface StateFile {
  readonly path: string;
  /** The mount that holds it; `/`: none. */
  readonly area: string;
  /** Known by its content; else only named like one. */
  readonly database: string | undefined;
  /** Where whoever writes takes into account that it may be lost. */
  readonly temporary: boolean;
  /** Another container of the pod may have written it. */
  readonly unsure: boolean;
}

const SQLITE = "53514c69746520666f726d6174203300";
const NAME = /\.(?:db3?|sqlite3?|mdb|rdb|aof)$/i;
/** The databases that were created or changed, each once. */
export function stateFiles(trial: TrialFacts): readonly StateFile[] {
  const found = observed(trial.observations, "write").flatMap((write) => {
    const file = stateFile(write);
    return file === undefined ? [] : [[write.path, file] as const];
  });
  // What is known for sure once is known.
  const sure = found.filter(([, { unsure }]) => !unsure);
  return [...new Map([...found, ...sure]).values()];
}

function stateFile({
  path,
  area,
  type,
  change,
  bytes,
  sample,
  magic,
  unsure,
}: Observed<"write">): StateFile | undefined {
  if (type !== "file" || change === "deleted" || bytes === 0) return undefined;
  const database =
    magic === SQLITE ? "SQLite" : knownDatabase({ path, bytes, content: sample ?? fromHex(magic) });
  if (database === undefined && !NAME.test(path)) return undefined;
  return { path, area, database, temporary: isTemporary(path), unsure: unsure === true };
}

function knownDatabase({
  path,
  bytes,
  content,
}: {
  readonly path: string;
  readonly bytes: number;
  readonly content: string;
}): string | undefined {
  const known = databaseOf({
    path,
    content,
    size: bytes,
    type: "file",
    layer: 0,
    mode: 0o644,
    uid: 0,
    gid: 0,
  });
  return known?.certain === true ? known.database : undefined;
}

function fromHex(magic: string | undefined): string {
  return Buffer.from(magic ?? "", "hex").toString("latin1");
}

/** Why a file is state, whatever it holds. */
export type KeptBecause = "grew" | "changed" | "differs";

/** A file in a volume that the application goes on with after a restart. */
export interface KeptFile {
  readonly path: string;
  readonly area: string;
  readonly because: KeptBecause;
  /** Another container of the pod may have written or read it. */
  readonly unsure: boolean;
}

const LATER = ["restart", "writable"] as const;

/**
 * Files of volumes that are state by what is done with them: they grow with the requests, or are read
 * again and changed, or are read again and differ from those of a replica. What every start makes
 * alike, and what may be lost, is none.
 */
export function keptFiles(trial: TrialFacts): readonly KeptFile[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  const later = [...LATER, "kept" as const].flatMap((name) => phaseRun(trial, name).observations);
  const hasOwn = differing(trial);
  const kept = [
    ...grownAtWork(trial).map((write) => keptFile(write, "grew")),
    ...observed(later, "write")
      .filter(isCarriedOn(trial))
      .map((write) => keptFile(write, "differs")),
    ...observed(later, "reread").flatMap((reread) => {
      if (reread.changed === true) return [keptFile(reread, "changed")];
      return hasOwn(reread.path) ? [keptFile(reread, "differs")] : [];
    }),
  ].filter(({ path }) => !logs.has(path) && mayBeState(path));
  // What is known for sure once is known.
  const sure = kept.filter(({ unsure }) => !unsure);
  return [...new Map([...kept, ...sure].map((file) => [file.path, file])).values()];
}

/** What files held at first, by path. */
function firstDigests(trial: TrialFacts): ReadonlyMap<string, string> {
  return digestsIn([
    ...phaseRun(trial, "read-only").observations,
    ...rootWritesIn(phaseRun(trial, "writable")),
  ]);
}

/** Whether a file held something else than that of the second replica, which was given none of it. */
function differing(trial: TrialFacts): (path: string) => boolean {
  const replica = runOn(trial, "replica", "writable");
  const own = firstDigests(trial);
  const other = digestsIn([...phaseRun(trial, "replica").observations, ...rootWritesIn(replica)]);
  const stamps = timesOnly(trial);
  return (path) => own.has(path) && other.has(path) && own.get(path) !== other.get(path) && !stamps.has(path);
}

/** Files that hold nothing but a time: when they were made, which each start and each instance has its own of. */
function timesOnly({ observations }: TrialFacts): ReadonlySet<string> {
  const writes = observed(observations, "write");
  return new Set(writes.flatMap(({ path, sample = "" }) => (TIME.test(sample) ? [path] : [])));
}

const TIME = /^\s*(?:\d{10}(?:\d{3})?|\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)\s*$/;

/** Whether a file was written anew with what it held, which each instance has of its own: it was read before. */
function isCarriedOn(trial: TrialFacts): (write: Observed<"write">) => boolean {
  const [own, hasOwn] = [firstDigests(trial), differing(trial)];
  return ({ phase, area, path, digest, appended }) => {
    // Other phases find a new root.
    const isOld = area !== "/" || phase === "kept";
    return isOld && appended !== true && digest !== undefined && digest === own.get(path) && hasOwn(path);
  };
}

/**
 * The first file on the root of which nothing tells whether it is state, though the application was
 * started again on the root that it had left: it holds something else by then, without having been
 * read first; or it holds the same, and no replica shows whether each instance has its own.
 */
export function openFile(trial: TrialFacts): string | undefined {
  const stamps = timesOnly(trial);
  const lost = lostFiles(trial).filter((path) => !stamps.has(path));
  const again = phaseRun(trial, "kept");
  if (lost.length === 0 || !worked(again)) return lost[0];
  const own = firstDigests(trial);
  const writes = new Map(rootWritesIn(again).map((write) => [write.path, write]));
  const reread = new Set(observed(again.observations, "reread").map(({ path }) => path));
  const isCompared = worked(runOn(trial, "replica", "writable"));
  return lost.find((path) => {
    const write = writes.get(path);
    if (write !== undefined && write.change !== "deleted" && write.digest !== own.get(path)) return true;
    return !isCompared && (reread.has(path) || write !== undefined);
  });
}

function rootWritesIn({ observations }: PhaseRun): readonly Observed<"write">[] {
  return observed(observations, "write").filter(({ area }) => area === "/");
}

/** Files that were written to the root, which no restart finds again. */
export function lostFiles(trial: TrialFacts): readonly string[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  return observed(phaseRun(trial, "writable").observations, "write")
    .filter(({ area, type, change, bytes }) => {
      return area === "/" && type === "file" && change !== "deleted" && bytes > 0;
    })
    .map(({ path }) => path)
    .filter((path) => !logs.has(path) && mayBeState(path));
}

/** What grows by its start alone, as a configuration that is appended to, grows as much in the restart, in which nothing is asked. */
function grownAtWork(trial: TrialFacts): readonly Observed<"write">[] {
  const before = new Map(appendedIn(trial, "restart").map(({ path, grew }) => [path, grew]));
  const inVolumes = appendedIn(trial, "writable").filter(({ path, grew }) => grew > (before.get(path) ?? 0));
  return [...inVolumes, ...appendedIn(trial, "kept").filter(({ atWork }) => atWork === true)];
}

function appendedIn(trial: TrialFacts, phase: (typeof LATER)[number] | "kept"): readonly Observed<"write">[] {
  return observed(phaseRun(trial, phase).observations, "write").filter(({ appended }) => appended === true);
}

function keptFile(
  { path, area, unsure }: Observed<"write"> | Observed<"reread">,
  because: KeptBecause,
): KeptFile {
  return { path, area, because, unsure: unsure === true };
}

function digestsIn(observations: PhaseRun["observations"]): ReadonlyMap<string, string> {
  const writes = observed(observations, "write");
  return new Map(
    writes.flatMap(({ path, digest }) => (digest === undefined ? [] : [[path, digest] as const])),
  );
}
