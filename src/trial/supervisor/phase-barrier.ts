import type { OtherContainerEvent } from "../../contract/trial-events.ts";
import { CyclicBarrier } from "./cyclic-barrier.ts";
import { Latch } from "./latch.ts";
import type { PodContainer } from "./pod.ts";

/** Message to containers about a container that failed or is missing. */
type Failure = Omit<OtherContainerEvent, "kind">;

/**
 * Synchronises the containers of a phase, since they may need each other: none is examined before all have
 * started, and none is ended before all have been examined. A failure is recorded in the others' logs.
 */
export class PhaseBarrier {
  readonly started: Latch;
  readonly examined: Latch;
  /**
   * Opens when all ports of the pod were examined once more; no server is ended before, since another
   * container may have opened a port.
   */
  readonly looked: Latch;
  /** Opens when all apps have ended; sidecars are ended after that. */
  readonly appsEnded: Latch;
  /** Keeps the servers' requests in step. */
  readonly requests: CyclicBarrier;
  readonly #present = new Set<PodContainer>();
  /** Servers that have not started yet. */
  readonly #starting = new Set<PodContainer>();
  readonly #failures: Failure[] = [];

  /** @param containers containers of the phase; init containers have ended before the others join */
  constructor(containers: readonly PodContainer[]) {
    const lasting = containers.filter(({ plan }) => plan.role !== "init");
    const servers = lasting.filter((one) => !isBatch(one)).length;
    this.started = new Latch(servers);
    this.looked = new Latch(servers);
    this.requests = new CyclicBarrier(servers);
    this.examined = new Latch(lasting.length);
    this.appsEnded = new Latch(lasting.filter(isApp).length);
  }

  /** Records failures of other containers, past and future, in this container's log. */
  join(podContainer: PodContainer): void {
    for (const failure of this.#failures) tell(podContainer, failure);
    this.#present.add(podContainer);
    if (!isBatch(podContainer)) this.#starting.add(podContainer);
  }

  /** Called when a container has started, or when it certainly will not start. */
  startIsOver(podContainer: PodContainer): void {
    this.#starting.delete(podContainer);
  }

  /** Other containers that have not started yet, and that a failing container may have needed. */
  othersStarting(podContainer: PodContainer): readonly PodContainer[] {
    return [...this.#starting].filter((other) => other !== podContainer);
  }

  /**
   * Waits until all have started.
   *
   * @returns whether any of the awaited containers is running then
   */
  async haveStarted(awaited: readonly PodContainer[]): Promise<boolean> {
    await this.started.opened;
    return awaited.some((one) => this.#present.has(one));
  }

  leave(podContainer: PodContainer): void {
    if (isApp(podContainer)) this.appsEnded.arrive();
    this.#present.delete(podContainer);
    this.#starting.delete(podContainer);
  }

  /** Notifies the others that a container failed, since they may depend on it. */
  report(podContainer: PodContainer, was: Failure["was"]): void {
    this.#report({ container: podContainer.plan.name, was }, podContainer);
  }

  /** Notifies all that a container of this name is missing. */
  reportAbsent(container: string): void {
    this.#report({ container, was: "absent" });
  }

  #report(failure: Failure, about?: PodContainer): void {
    this.#failures.push(failure);
    for (const other of this.#present) if (other !== about) tell(other, failure);
  }
}

export function isBatch({ plan }: PodContainer): boolean {
  return plan.stimuli.lifetime === "batch";
}

function isApp({ plan }: PodContainer): boolean {
  return plan.role === "app";
}

function tell({ log }: PodContainer, failure: Failure): void {
  log.observeOnce({ kind: "other-container", ...failure });
}
