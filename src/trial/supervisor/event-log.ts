import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import type { TrialPhaseName, TrialProgress } from "../../contract/trial-facts.ts";
import type { KeptEvent, KeptFile } from "../plan/kept.ts";
import type { SupervisorMessage } from "../plan/plan.ts";
import { monotonicMs } from "./clock.ts";

export interface Phase {
  readonly name: TrialPhaseName;
  readonly root: "read-only" | "writable";
}

/** Kinds of events without a bound here, since there are few of them, or another bound applies. */
const UNCOUNTED: ReadonlySet<TrialEvent["kind"]> = new Set(["write", "limit"]);

/** Events of one container, each with phase and time. */
export class EventLog {
  readonly #origin: number;
  readonly #container: number;
  readonly #send: (said: SupervisorMessage) => void;
  #phase: Phase = { name: "read-only", root: "read-only" };
  #startMs = 0;
  #endMs = 0;
  /** Set if the container runs only because others need it; its events in this phase were recorded before. */
  #silent = false;
  /** Number of events by kind in this phase. */
  #counts = new Map<TrialEvent["kind"], number>();
  #seenOnce = new Set<string>();
  #kept = { files: 0, bytes: 0 };

  /** @param container index of the container in the plan */
  constructor(origin: number, container: number, send: (message: SupervisorMessage) => void) {
    this.#origin = origin;
    this.#container = container;
    this.#send = send;
  }

  /** Begins a phase, to which all further events belong. */
  begin(phase: Phase, { silent }: { readonly silent: boolean }): void {
    this.#startMs = this.#now();
    this.#endMs = this.#startMs;
    this.#phase = phase;
    this.#silent = silent;
    this.#counts = new Map();
    this.#seenOnce = new Set();
    this.#kept = { files: 0, bytes: 0 };
    this.tell("begins");
  }

  /** Sends progress to the observer. */
  tell(news: TrialProgress["news"]): void {
    if (!this.#silent)
      this.#send({ kind: "news", container: this.#container, news: { news, ...this.#phase } });
  }

  /** Starts the phase's clock; earlier waits are not counted. */
  starts(): void {
    this.#startMs = this.#now();
    this.tell("begins");
  }

  /** The container has ended; events about its files may follow. */
  end(): void {
    this.#endMs = this.#now();
  }

  /** All events of the phase have been recorded. */
  close(): void {
    if (this.#silent) return;
    const phase = { ...this.#phase, startMs: this.#startMs, endMs: this.#endMs };
    this.#send({ kind: "phase", container: this.#container, phase });
  }

  /** Records an event, up to a bound per kind, since a container can cause any number. */
  observe(event: TrialEvent): void {
    const count = (this.#counts.get(event.kind) ?? 0) + 1;
    this.#counts.set(event.kind, count);
    if (UNCOUNTED.has(event.kind) || count <= LIMITS.trialObservations) this.#record(event);
    else if (count === LIMITS.trialObservations + 1) this.#record({ kind: "limit", what: "observations" });
  }

  /** Records an event once per phase, up to a bound of distinct events of all kinds. */
  observeOnce(event: TrialEvent): void {
    const key = JSON.stringify(event);
    if (this.#seenOnce.has(key)) return;
    const isFull = this.#seenOnce.size >= LIMITS.trialObservations && event.kind !== "limit";
    if (isFull) return this.observeOnce({ kind: "limit", what: "observations" });
    this.#seenOnce.add(key);
    this.observe(event);
  }

  /**
   * Records output or a file for --keep, which is not evidence. Kept files are bounded, since a container can
   * write any amount.
   */
  keep(event: KeptEvent): void {
    if (this.#silent) return;
    const { name, root } = this.#phase;
    const fits = event.kind === "output" || this.#hasRoom(event.content);
    const kept = { phase: name, root, ...(fits ? event : { ...event, content: "bound" as const }) };
    this.#send({ kind: "kept", container: this.#container, kept });
  }

  #hasRoom(content: KeptFile["content"]): boolean {
    if (typeof content === "string") return true;
    const [files, bytes] = [this.#kept.files + 1, this.#kept.bytes + Buffer.byteLength(content.text)];
    if (files > LIMITS.trialKeptFiles || bytes > LIMITS.trialKeptBytes) return false;
    this.#kept = { files, bytes };
    return true;
  }

  #record(event: TrialEvent): void {
    if (this.#silent) return;
    const { name, root } = this.#phase;
    const observation = { phase: name, root, ms: this.#now(), ...event };
    this.#send({ kind: "observation", container: this.#container, observation });
  }

  #now(): number {
    return Math.round(monotonicMs() - this.#origin);
  }
}
