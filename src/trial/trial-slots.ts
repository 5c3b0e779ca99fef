import { type RunningTrial, type TrialMachine, whyWait } from "./side-by-side.ts";

interface Slot extends RunningTrial {
  idle: boolean;
}

interface Waiting {
  readonly memoryBytes: number;
  readonly begin: (slot: Slot) => void;
}

/** Lets trials begin in their turn, as many side by side as whyWait() allows. */
export class TrialSlots {
  readonly #machine: TrialMachine;
  readonly #running = new Set<Slot>();
  readonly #waiting: Waiting[] = [];

  constructor(machine: TrialMachine) {
    this.#machine = machine;
  }

  /**
   * Runs a trial once there is room for it.
   *
   * @param memoryBytes the most that it may use
   * @param trial is handed what it calls when it begins, and when it ceases, only to wait
   */
  async run<T>(memoryBytes: number, trial: (onIdle: (idle: boolean) => void) => Promise<T>): Promise<T> {
    const slot = await new Promise<Slot>((begin) => {
      this.#waiting.push({ memoryBytes, begin });
      this.#admit();
    });
    try {
      return await trial((idle) => {
        slot.idle = idle;
        this.#admit();
      });
    } finally {
      this.#running.delete(slot);
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { memoryBytes, begin } = next;
      if (whyWait(this.#machine, [...this.#running], memoryBytes) !== undefined) return;
      this.#waiting.shift();
      const slot: Slot = { memoryBytes, idle: false };
      this.#running.add(slot);
      begin(slot);
    }
  }
}
