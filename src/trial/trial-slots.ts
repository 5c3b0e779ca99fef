import {
  blockedBy,
  hasRoomApart,
  type RunningTrial,
  type TrialMachine,
  type TrialMemory,
} from "./side-by-side.ts";

interface Slot extends RunningTrial {
  readonly apart: boolean;
  idle: boolean;
}

interface Waiting {
  readonly memory: TrialMemory;
  readonly begin: (slot: Slot) => void;
}

/** Resources that a trial gets when it starts. */
export interface TrialSlot {
  /** Whether the writable phase may run concurrently. */
  readonly apart: boolean;
  /** Called when the trial becomes idle, and when it is no longer idle. */
  readonly onIdle: (idle: boolean) => void;
}

/** Starts trials in order, as many at once as blockedBy() allows. */
export class TrialSlots {
  readonly #machine: TrialMachine;
  readonly #running = new Set<Slot>();
  readonly #waiting: Waiting[] = [];

  constructor(machine: TrialMachine) {
    this.#machine = machine;
  }

  /** Memory that trials may use in total. */
  get memoryBytes(): number {
    return this.#machine.memoryBytes;
  }

  /**
   * Runs a trial once there are resources for it.
   *
   * @param memory maximum memory that the trial may use
   */
  async run<T>(memory: TrialMemory, trial: (room: TrialSlot) => Promise<T>): Promise<T> {
    const slot = await new Promise<Slot>((begin) => {
      this.#waiting.push({ memory, begin });
      this.#admit();
    });
    try {
      const onIdle = (idle: boolean): void => {
        slot.idle = idle;
        this.#admit();
      };
      return await trial({ apart: slot.apart, onIdle });
    } finally {
      this.#running.delete(slot);
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { memory, begin } = next;
      const running = [...this.#running];
      if (blockedBy(this.#machine, running, memory.leastBytes) !== undefined) return;
      this.#waiting.shift();
      const apart = hasRoomApart(this.#machine, running, memory);
      const slot: Slot = { memoryBytes: apart ? memory.apartBytes : memory.leastBytes, apart, idle: false };
      this.#running.add(slot);
      begin(slot);
    }
  }
}
