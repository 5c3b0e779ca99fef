import type { SupervisorMessage } from "./plan/plan.ts";

/** The first start of a pod's containers, over once each container is ready or will never be. */
export class StartGate {
  readonly over: Promise<void>;
  readonly #resolve: () => void;
  readonly #waiting: Set<number>;

  /** @param count number of containers */
  constructor(count: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#resolve = resolve;
    this.#waiting = new Set(Array.from({ length: count }, (_, index) => index));
  }

  onMessage(message: SupervisorMessage): void {
    if (!("container" in message) || message.kind === "kept" || message.kind === "news") return;
    const isOver =
      message.kind === "phase" || ["ready", "exit", "start-failed"].includes(message.observation.kind);
    if (isOver) this.#waiting.delete(message.container);
    if (this.#waiting.size === 0) this.#resolve();
  }

  /** Marks the first start as over, since the pod ended. */
  end(): void {
    this.#resolve();
  }
}
