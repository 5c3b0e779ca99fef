import { machineTime, podTime, threadTimes } from "./processor-time.ts";

/** A thread that could run waited for a processor in so much of the time. */
const WAITED = 0.2;
/** And the others of this machine, a hypervisor among them, had so much of its processors: a program that has many threads waits for itself, too. */
const OTHERS = 0.25;
/** Shorter times say nothing: jiffies are of 10 ms. */
const LEAST_MS = 200;

/** A time in which a container was looked at. */
export interface Share {
  readonly wallMs: number;
  /** The longest that one of its threads waited for a processor. */
  readonly waitedMs: number;
  /** Of all processors' time, what others than the pod had: 0 to 1. */
  readonly others: number;
}

/** Whether the machine kept a container from its work, so that how long something took shows nothing. */
export function isStarved({ wallMs, waitedMs, others }: Share): boolean {
  return wallMs >= LEAST_MS && waitedMs >= WAITED * wallMs && others >= OTHERS;
}

/** What a container has of the processors from now on. */
export class ProcessorShare {
  readonly #pid: number;
  readonly #began = performance.now();
  readonly #threads: ReturnType<typeof threadTimes>;
  readonly #machine = machineTime();
  readonly #pod = podTime();

  /** @param pid its first process */
  constructor(pid: number) {
    this.#pid = pid;
    this.#threads = threadTimes(pid);
  }

  /** By now. */
  get share(): Share {
    const machine = machineTime();
    const all = machine.all - this.#machine.all;
    const others = machine.busy - this.#machine.busy - (podTime() - this.#pod);
    let longest = 0;
    for (const [thread, { waited }] of threadTimes(this.#pid)) {
      longest = Math.max(longest, waited - (this.#threads.get(thread)?.waited ?? 0));
    }
    return {
      wallMs: performance.now() - this.#began,
      waitedMs: longest / 1e6,
      others: all <= 0 ? 0 : Math.max(0, others) / all,
    };
  }
}
