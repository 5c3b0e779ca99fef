import { machineTime, podTime, threadTimes } from "./processor-time.ts";

/**
 * Share of the time, waited for a processor by a runnable thread, above which the container counts as kept
 * waiting.
 */
const WAITED = 0.2;
/**
 * Share of the machine used by other processes or a hypervisor above which the machine is busy: threads of
 * one program also wait for each other.
 */
const OTHERS = 0.25;
/** Shortest meaningful interval: jiffies have 10 ms. */
const LEAST_MS = 200;

/** Processor use during an observed time. */
export interface Share {
  readonly wallMs: number;
  /** Longest time for which one of the container's threads waited for a processor. */
  readonly waitedMs: number;
  /** Share of all processors' time used by processes outside the pod: 0 to 1. */
  readonly others: number;
}

/** Whether a busy machine slowed a container down, so that measured times prove nothing. */
export function isStarved({ wallMs, waitedMs, others }: Share): boolean {
  return wallMs >= LEAST_MS && waitedMs >= WAITED * wallMs && others >= OTHERS;
}

/** Measures a container's share of the processors from now on. */
export class ProcessorShare {
  readonly #pid: number;
  readonly #began = performance.now();
  readonly #threads: ReturnType<typeof threadTimes>;
  readonly #machine = machineTime();
  readonly #pod = podTime();

  /** @param pid process id of the container's first process */
  constructor(pid: number) {
    this.#pid = pid;
    this.#threads = threadTimes(pid);
  }

  /** Share so far. */
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
