import type { TrialFacts } from "../../contract/trial-facts.ts";
import { databaseOf } from "../image/database-files.ts";
import { logLikeFiles } from "./log-like.ts";
import { type Observed, observed } from "./observed.ts";
import { type PhaseRun, phaseRun } from "./phase-run.ts";

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
/** Caches, temporary places, and what programs keep of themselves: NSS, fontconfig, package managers. */
const TEMPORARY =
  /^\/(?:tmp|var\/tmp|dev|run)\/|[/._-]caches?[/._-]|\/\.(?:cache|pki|mozilla|config)\/|\/(?:cert9|key4|pkcs11)\.db$|\/Thumbs\.db$|^\/var\/(?:lib\/(?:rpm|dnf|apt|dpkg)|cache)\//i;

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
  return { path, area, database, temporary: TEMPORARY.test(path), unsure: unsure === true };
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

/** Of a process, not of the application. */
const PROCESS_FILE = /\.(?:pid|lock|lck|sock)$|\/(?:LOCK|lockfile)$|^\/var\/run\//i;
const LATER = ["restart", "writable"] as const;

/**
 * Files of volumes that are state by what is done with them: they grow with the requests, or are read
 * again and changed, or are read again and differ from those of a replica. What every start makes
 * alike, and what may be lost, is none.
 */
export function keptFiles(trial: TrialFacts): readonly KeptFile[] {
  const logs = new Set(logLikeFiles(trial).map(({ path }) => path));
  const later = LATER.flatMap((name) => phaseRun(trial, name).observations);
  const first = phaseRun(trial, "read-only").observations;
  const contents = [first, phaseRun(trial, "replica").observations].map((own) => digestsIn(own));
  const kept = [
    ...grownAtWork(trial).map((write) => keptFile(write, "grew")),
    ...observed(later, "reread").flatMap((reread) => {
      if (reread.changed === true) return [keptFile(reread, "changed")];
      const [own, other] = contents.map((digests) => digests.get(reread.path));
      return own !== undefined && other !== undefined && own !== other ? [keptFile(reread, "differs")] : [];
    }),
  ].filter(({ path }) => !logs.has(path) && mayBeState(path));
  // What is known for sure once is known.
  const sure = kept.filter(({ unsure }) => !unsure);
  return [...new Map([...kept, ...sure].map((file) => [file.path, file])).values()];
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

function mayBeState(path: string): boolean {
  return !PROCESS_FILE.test(path) && !TEMPORARY.test(path) && !DERIVED.test(path);
}

/** What a program makes of its own code. */
const DERIVED = /\/__pycache__\/|\.pyc$/;

/** What grows by its start alone, as a configuration that is appended to, grows as much in the restart, in which nothing is asked. */
function grownAtWork(trial: TrialFacts): readonly Observed<"write">[] {
  const before = new Map(appendedIn(trial, "restart").map(({ path, grew }) => [path, grew]));
  return appendedIn(trial, "writable").filter(({ path, grew }) => grew > (before.get(path) ?? 0));
}

function appendedIn(trial: TrialFacts, phase: (typeof LATER)[number]): readonly Observed<"write">[] {
  return observed(phaseRun(trial, phase).observations, "write").filter(({ appended }) => appended === true);
}

function keptFile(
  { path, area, unsure }: Observed<"write"> | Observed<"reread">,
  because: KeptBecause,
): KeptFile {
  return { path, area, because, unsure: unsure === true };
}

function digestsIn(observations: PhaseRun["observations"]): ReadonlyMap<string, string | undefined> {
  return new Map(observed(observations, "write").map(({ path, digest }) => [path, digest]));
}
