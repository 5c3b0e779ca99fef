import { threadTimes } from "./processor-time.ts";

const LOOK_MS = 250;
/** Share of one processor above which a container is busy; a timer or a heartbeat uses less. */
const BUSY = 0.1;

/** Detects that a container does nothing: for a while its threads neither ran nor waited to run. */
export class IdleWatch {
  readonly #pid: number;
  #active = 0;
  #pathSources = performance.now();
  #idleSince = performance.now();

  constructor(pid: number) {
    this.#pid = pid;
    this.#active = this.#activity();
  }

  /** Milliseconds for which the container has been idle; examines its threads at most every LOOK_MS. */
  idleMs(): number {
    const now = performance.now();
    const passed = now - this.#pathSources;
    if (passed < LOOK_MS) return this.#pathSources - this.#idleSince;
    const active = this.#activity();
    if (active - this.#active > BUSY * passed * 1e6) this.#idleSince = now;
    this.#active = active;
    this.#pathSources = now;
    return now - this.#idleSince;
  }

  #activity(): number {
    let sum = 0;
    for (const { ran, waited } of threadTimes(this.#pid).values()) sum += ran + waited;
    return sum;
  }
}
