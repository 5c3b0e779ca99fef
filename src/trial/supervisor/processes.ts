import { type Dir, opendirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import { truncateAtWord } from "../../contract/truncate-at-word.ts";

/** A process of a container. */
export interface ContainerProcess {
  /** PID in the supervisor's namespace. */
  readonly pid: number;
  /** PID in the container's namespace. */
  readonly innerPid: number;
  /** Parent's PID in the supervisor's namespace. */
  readonly parent: number;
  readonly uid: number;
  /** Name of the process's program, at most 15 characters. */
  readonly name: string;
}

const COMMAND = 300;
const COMMAND_MS = 300;
/** Maximum number of processes examined per container; the first ones count. */
const MOST = 100;
/**
 * Maximum number of processes examined of all containers; well above MOST, so that one container cannot hide
 * the others' processes.
 */
const MOST_OF_POD = 2_000;

/**
 * Processes of the pod's containers. Other processes in the supervisor's PID namespace are the supervisor and
 * the runtime, which have no second PID.
 */
function containerProcesses(): readonly ContainerProcess[] {
  return allPids()
    .map((pid) => processOf(pid))
    .filter((found) => found !== undefined)
    .slice(0, MOST_OF_POD);
}

/** Processes of the pod's containers at one moment. */
export class ProcessTree {
  readonly all = containerProcesses();
  readonly #parents = new Map(this.all.map(({ pid, parent }) => [pid, parent]));

  /** Whether a process is `ancestor` or descends from it. */
  isBelow({ pid }: ContainerProcess, ancestor: number): boolean {
    return descends(pid, ancestor, this.#parents);
  }

  /**
   * Whether a process belongs to the container with this first process; processes that the runtime adds later
   * have another parent.
   */
  isInside(process: ContainerProcess, first: number): boolean {
    if (this.isBelow(process, first)) return true;
    const namespace = namespaceOf(process.pid);
    return namespace !== "" && namespace === namespaceOf(first);
  }
}

/** PID namespace of a process: each container has its own. Empty if the kernel does not show it. */
function namespaceOf(pid: number): string {
  return linkOf(`/proc/${pid}/ns/pid`);
}

/** Processes of one container, by its first process, without those started from outside. */
export function processesOf(first: number): readonly ContainerProcess[] {
  const tree = new ProcessTree();
  return tree.all.filter((process) => tree.isBelow(process, first)).slice(0, MOST);
}

/** Number of all processes; cheap. */
export function countProcesses(): number {
  return allPids().length;
}

/** Number of all processes of one container, by its first process. */
export function countBelow(first: number): number {
  const parents = new Map(
    allPids().map((pid) => [Number(pid), Number(field(read(`/proc/${pid}/status`), "PPid"))]),
  );
  return [...parents.keys()].filter((pid) => descends(pid, first, parents)).length;
}

/**
 * Whether a process is `ancestor` or descends from it, by the parents in the map, since a PID may be reused
 * meanwhile.
 */
function descends(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  let at = pid;
  for (let steps = 0; steps <= parents.size; steps++) {
    const parent = parents.get(at);
    if (parent === undefined) return false;
    if (at === ancestor) return true;
    at = parent;
  }
  return false;
}

function allPids(): readonly string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
}

function processOf(pid: string): ContainerProcess | undefined {
  const status = read(`/proc/${pid}/status`);
  const pids = field(status, "NSpid").split(/\s+/);
  // Ended containers stay as zombies, since no process waits for them.
  if (pids.length < 2 || field(status, "State").startsWith("Z")) return undefined;
  return {
    pid: Number(pid),
    innerPid: Number(pids.at(-1)),
    parent: Number(field(status, "PPid")),
    uid: Number(field(status, "Uid").split(/\s+/)[0]),
    name: field(status, "Name"),
  };
}

/**
 * Command lines by PID, cut. The kernel reads them from the processes' memory, which may block for any time,
 * so a separate thread does it; if it does not answer in time, the process is reported by name.
 */
export async function commandLines(
  processes: readonly ContainerProcess[],
): Promise<ReadonlyMap<number, string>> {
  const commands = new Map(processes.map(({ pid, name }) => [pid, name]));
  const reading = processes.map(async ({ pid }) => {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8");
    if (line !== "")
      commands.set(pid, truncateAtWord(line.replace(/\0$/, "").replaceAll("\0", " "), COMMAND));
  });
  await Promise.race([Promise.allSettled(reading), sleep(COMMAND_MS)]);
  return new Map(commands);
}

/** Process that holds each socket, by inode; only so many open files are examined. */
export function socketOwners(processes: readonly ContainerProcess[]): {
  readonly owners: ReadonlyMap<string, ContainerProcess>;
  readonly isCut: boolean;
} {
  const owners = new Map<string, ContainerProcess>();
  let left: number = LIMITS.trialOpenFiles;
  for (const process of processes) {
    for (const fd of openDescriptors(process.pid)) {
      if (left === 0) return { owners, isCut: true };
      left -= 1;
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${process.pid}/fd/${fd}`))?.[1];
      if (inode !== undefined && !owners.has(inode)) owners.set(inode, process);
    }
  }
  return { owners, isCut: false };
}

/** Descriptors of a process, one after the other, since there may be a million. */
export function* openDescriptors(pid: number): Generator<string> {
  let folder: Dir | undefined;
  try {
    folder = opendirSync(`/proc/${pid}/fd`, { bufferSize: 1_024 });
    for (let file = folder.readSync(); file !== null; file = folder.readSync()) yield file.name;
  } catch {
    // The process has ended meanwhile.
  } finally {
    folder?.closeSync();
  }
}

/** Target of a link in /proc; empty if there is none. */
export function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function field(status: string, name: string): string {
  const line = status.split("\n").find((text) => text.startsWith(`${name}:`)) ?? "";
  return line.slice(name.length + 1).trim();
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
