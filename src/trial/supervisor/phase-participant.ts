import type { OtherContainerEvent } from "../../contract/trial-events.ts";
import { Latch } from "./latch.ts";
import type { PhaseBarrier } from "./phase-barrier.ts";
import type { PodContainer } from "./pod.ts";

/** A server's part in a phase. It arrives exactly once at each latch of the barrier, even if it fails. */
export class PhaseParticipant {
  readonly #barrier: PhaseBarrier;
  readonly #podContainer: PodContainer;
  readonly #start = new Latch(1);
  readonly #passed = new Set<Latch>();
  #isAsked = true;

  constructor(barrier: PhaseBarrier, podContainer: PodContainer) {
    this.#barrier = barrier;
    this.#podContainer = podContainer;
    barrier.join(podContainer);
  }

  /** Resolves when the container has started, or will not. */
  get hasStarted(): Promise<void> {
    return this.#start.opened;
  }

  /** Waits until all have started. */
  async started(): Promise<void> {
    this.#startIsOver();
    await this.#barrier.started.opened;
  }

  /**
   * Waits until all containers that are asked are at this point of their requests.
   *
   * @returns whether any of them wants more
   */
  async inStep(wantsMore = false): Promise<boolean> {
    return this.#barrier.requests.wait(wantsMore);
  }

  /** Called when the container is asked nothing more, so that others no longer wait for its requests. */
  asked(): void {
    if (this.#isAsked) this.#barrier.requests.leave();
    this.#isAsked = false;
  }

  /** Waits until all have been examined. */
  async examined(): Promise<void> {
    this.#arrive(this.#barrier.examined);
    await this.#barrier.examined.opened;
  }

  /** Waits until all have been examined for the last time. */
  async looked(): Promise<void> {
    this.#arrive(this.#barrier.looked);
    await this.#barrier.looked.opened;
  }

  /** Containers that have not started yet: see PhaseBarrier. */
  get othersStarting(): readonly PodContainer[] {
    return this.#barrier.othersStarting(this.#podContainer);
  }

  /** Waits for other containers' starts, as in PhaseBarrier, and declares its own start as over. */
  async haveStarted(awaited: readonly PodContainer[]): Promise<boolean> {
    this.#startIsOver();
    return this.#barrier.haveStarted(awaited);
  }

  async appsEnded(): Promise<void> {
    await this.#barrier.appsEnded.opened;
  }

  report(was: OtherContainerEvent["was"]): void {
    this.#barrier.report(this.#podContainer, was);
  }

  /** Leaves the phase, so that others no longer wait for this container. */
  leave(): void {
    this.#startIsOver();
    this.asked();
    this.#arrive(this.#barrier.examined);
    this.#arrive(this.#barrier.looked);
    this.#barrier.leave(this.#podContainer);
  }

  #startIsOver(): void {
    this.#barrier.startIsOver(this.#podContainer);
    this.#start.arrive();
    this.#arrive(this.#barrier.started);
  }

  #arrive(latch: Latch): void {
    if (!this.#passed.has(latch)) latch.arrive();
    this.#passed.add(latch);
  }
}
