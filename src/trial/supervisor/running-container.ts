import { constants } from "node:os";
import { LIMITS } from "../../contract/limits.ts";
import { CgroupEvents } from "./cgroup-events.ts";
import type { FileSnapshot } from "./file-snapshot.ts";
import type { Output } from "./output.ts";
import type { MountedRoot } from "./overlay-root.ts";
import { type ProcessEnd, processEnd, waitForEnd } from "./process-end.ts";
import { countBelow, countProcesses } from "./processes.ts";
import type { Runtime } from "./runtime.ts";

/** A container between create and delete. */
export interface Container {
  /** PID in the supervisor's namespace. */
  readonly pid: number;
  readonly root: MountedRoot;
  /** Content of the upper directory after creation: mount points made by the runtime. */
  readonly before: FileSnapshot;
  /** Sizes of the root's initial files just before the first request. */
  readonly asked: Map<string, number>;
  readonly outputs: readonly [Output, Output];
  readonly events: CgroupEvents;
  /** Whether the container reached its limit of processes and was killed for it. */
  readonly overrun: boolean;
  /** Starts the program. @throws StartError */
  start(): Promise<void>;
  end(): ProcessEnd | undefined;
  waitForEnd(ms: number): Promise<ProcessEnd | undefined>;
  signal(number: number): void;
  exec(
    argv: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly code: number; readonly message: string }>;
  /** Ends all processes of the container; its root remains until it is released. */
  delete(): Promise<void>;
}

/** Share of the limit that counts as reached: with a per-user limit, the exact number is not observable. */
const ALMOST = 0.9;
/** Interval of checks in milliseconds: a fork bomb needs some 50 to reach its limit. */
const WATCH_MS = 50;

export class RunningContainer implements Container {
  readonly pid: number;
  readonly root: MountedRoot;
  readonly before: FileSnapshot;
  readonly asked = new Map<string, number>();
  readonly outputs: readonly [Output, Output];
  readonly events: CgroupEvents;
  readonly #runtime: Runtime;
  readonly #processes: number;
  readonly #limited: boolean;
  #watch: NodeJS.Timeout | undefined;
  #overrun = false;
  /**
   * Number of processes that do not count: the supervisor, earlier processes, and zombies of ended
   * containers.
   */
  #others = 0;

  constructor(made: {
    readonly processes: number;
    readonly runtime: Runtime;
    readonly pid: number;
    readonly root: MountedRoot;
    readonly before: FileSnapshot;
    readonly outputs: readonly [Output, Output];
    readonly cgroup: string | undefined;
  }) {
    this.#runtime = made.runtime;
    this.#processes = Math.min(made.processes, LIMITS.trialForkBomb);
    this.#limited = made.cgroup !== undefined;
    this.pid = made.pid;
    this.root = made.root;
    this.before = made.before;
    this.outputs = made.outputs;
    this.events = new CgroupEvents(made.cgroup);
  }

  get overrun(): boolean {
    return this.#overrun;
  }

  async start(): Promise<void> {
    this.#others = countProcesses();
    this.#watch = setInterval(() => this.#endOverrun(), WATCH_MS);
    await this.#runtime.start();
  }

  #endOverrun(): void {
    const most = this.#processes * ALMOST;
    // The excess may belong to another container, which started later.
    const many = countProcesses() - this.#others >= most && countBelow(this.pid) >= most;
    const over = many || (this.#limited && this.events.outOfProcesses);
    if (!over || this.#overrun || this.end() !== undefined) return;
    this.#overrun = true;
    this.signal(constants.signals.SIGKILL);
  }

  end(): ProcessEnd | undefined {
    return processEnd(this.pid);
  }

  async waitForEnd(ms: number): Promise<ProcessEnd | undefined> {
    return waitForEnd(this.pid, ms);
  }

  signal(number: number): void {
    // A zombie keeps its PID, so no other process can have it.
    process.kill(this.pid, number);
  }

  async exec(
    argv: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly code: number; readonly message: string }> {
    return this.#runtime.exec(argv, timeoutMs);
  }

  async delete(): Promise<void> {
    clearInterval(this.#watch);
    await this.#runtime.delete();
  }
}
