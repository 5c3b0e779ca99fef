import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvent, TrialPhaseName } from "../../contract/trial-facts.ts";
import type { FromSupervisor } from "../plan.ts";
import { monotonicMs } from "./clock.ts";

export interface Phase {
  readonly name: TrialPhaseName;
  readonly root: "read-only" | "writable";
}

/** These are few, or counted elsewhere. */
const UNCOUNTED: ReadonlySet<TrialEvent["kind"]> = new Set(["write", "limit"]);

/** What the supervisor tells: each event with the phase and time at which it was seen. */
export class Journal {
  readonly #origin: number;
  readonly #say: (said: FromSupervisor) => void;
  #phase: Phase = { name: "read-only", root: "read-only" };
  /** Of this phase. */
  #counts = new Map<TrialEvent["kind"], number>();
  #said = new Set<string>();

  constructor(origin: number, say: (said: FromSupervisor) => void) {
    this.#origin = origin;
    this.#say = say;
  }

  /** Everything seen while `run` runs belongs to this phase. */
  async phase<T>(phase: Phase, run: () => Promise<T>): Promise<T> {
    const startMs = this.#now();
    this.#phase = phase;
    this.#counts = new Map();
    this.#said = new Set();
    try {
      return await run();
    } finally {
      this.#say({ type: "phase", phase: { ...phase, startMs, endMs: this.#now() } });
    }
  }

  /** A container can make as many events as it likes: of each kind, only so many are told. */
  observe(event: TrialEvent): void {
    const count = (this.#counts.get(event.kind) ?? 0) + 1;
    this.#counts.set(event.kind, count);
    if (UNCOUNTED.has(event.kind) || count <= LIMITS.trialObservations) this.#tell(event);
    else if (count === LIMITS.trialObservations + 1) this.#tell({ kind: "limit", what: "observations" });
  }

  /** The same event is told once in a phase. */
  observeOnce(event: TrialEvent): void {
    const key = JSON.stringify(event);
    if (this.#said.has(key) || this.#said.size > LIMITS.trialObservations) return;
    this.#said.add(key);
    this.observe(event);
  }

  #tell(event: TrialEvent): void {
    const { name, root } = this.#phase;
    this.#say({ type: "observation", observation: { phase: name, root, ms: this.#now(), ...event } });
  }

  #now(): number {
    return Math.round(monotonicMs() - this.#origin);
  }
}
