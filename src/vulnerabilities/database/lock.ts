import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { DraftFile, removeQuietly } from "../../files/draft-file.ts";
import { writing } from "../../files/write-failure.ts";

/** Milliseconds between two attempts to get a lock. */
const LOOK_MS = 50;
/**
 * Interval at which a holder touches its lock; and time after which an untouched lock counts as abandoned, if
 * the holder's process is not visible.
 */
const TOUCH_MS = 2_000;
const ABANDONED_MS = 30_000;

/** Holder of a lock. `place`: host and namespace in which the process id is valid. */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly place: string;
}

/**
 * Runs work while holding a lock against other processes. The lock is a file, which a killed process may
 * leave behind without harm.
 *
 * @param file absolute path in an existing folder
 * @param waitMs maximum wait for another holder
 * @throws UnavailableError vulnerability-data-locked
 * @throws WriteFailure
 */
export async function locked<T>(
  file: string,
  work: () => Promise<T>,
  {
    waitMs = LIMITS.vulnerabilityLockMs,
    signal,
  }: { readonly waitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<T> {
  const own = JSON.stringify(ownHolder());
  const deadline = performance.now() + waitMs;
  let lock = take(file, own);
  for (; lock === undefined; lock = take(file, own)) {
    if (performance.now() > deadline) throw held(file, waitMs);
    await sleep(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  }
  const touching = setInterval(() => touch(file), TOUCH_MS);
  touching.unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    if (isOwn(file, own, lock)) removeQuietly(file);
  }
}

/** Takes the lock, and returns the status of its file; undefined if another process has it. */
function take(file: string, own: string): Stats | undefined {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const made = new DraftFile(file, { draft });
  made.write(Buffer.from(own));
  made.end();
  try {
    const lock = writing(file, () => statSync(draft));
    if (writing(file, () => linked(draft, file))) return lock;
  } finally {
    removeQuietly(draft);
  }
  const content = contentOf(file);
  if (content !== undefined && isAbandoned(file, content)) discard(file, content, draft);
  return undefined;
}

/**
 * Gives a lock its name; false if another lock has it. A hard link is necessary: exactly one process gets the
 * name.
 */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return false;
  }
}

/**
 * Whether a file is still the lock that this process took, which others replace if they consider it abandoned.
 * A process without free descriptors cannot read the file, and recognises it by its inode.
 */
function isOwn(file: string, own: string, { dev, ino }: Stats): boolean {
  const content = contentOf(file);
  if (content !== undefined) return content === own;
  const present = statSync(file, { throwIfNoEntry: false });
  return present?.dev === dev && present.ino === ino;
}

/** Removes an abandoned lock; if another process has replaced it meanwhile, the new lock is restored. */
function discard(file: string, content: string, aside: string): void {
  try {
    renameSync(file, aside);
    if (contentOf(aside) !== content) linkSync(aside, file);
  } catch {
    // Another process removed the file first.
  }
  rmSync(aside, { force: true });
}

function isAbandoned(file: string, content: string): boolean {
  const holder = holderOf(content);
  if (holder?.place === placeOfProcesses() && holder.place !== "") {
    return startOf(holder.pid) !== holder.started;
  }
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched > ABANDONED_MS;
}

function holderOf(content: string): Holder | undefined {
  try {
    const { pid, started, place } = JSON.parse(content);
    return { pid: Number(pid), started: String(started), place: String(place) };
  } catch {
    return undefined;
  }
}

function ownHolder(): Holder {
  return { pid: process.pid, started: startOf(process.pid) ?? "", place: placeOfProcesses() };
}

/** Boot of the machine and namespace of its process ids; "" if the system has no such names. */
function placeOfProcesses(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

/**
 * Start time of a process in ticks since boot (proc_pid_stat(5), field 22), because process ids are reused.
 */
function startOf(pid: number): string | undefined {
  const stat = contentOf(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The file was already removed by a process that considered it abandoned.
  }
}

function held(file: string, waitMs: number): UnavailableError {
  const holder = holderOf(contentOf(file) ?? "");
  const seconds = Math.round(waitMs / 1_000);
  return new UnavailableError("vulnerability-data-locked", {
    fr: `Un autre douane (processus ${holder?.pid ?? "?"}) tient ${quoted(file)} depuis plus de ${seconds} s. Attendre qu'il ait fini, puis recommencer.`,
    en: `Another douane (process ${holder?.pid ?? "?"}) has held ${quoted(file)} for more than ${seconds} s. Wait until it is done, then try again.`,
  });
}
