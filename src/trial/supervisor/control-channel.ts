import type { SupervisorWord } from "../plan/plan.ts";

/** Messages to this pod about the first pod, which runs at the same time. */
export class ControlChannel {
  readonly #begins = Promise.withResolvers<void>();
  readonly #firstRun = Promise.withResolvers<readonly boolean[]>();

  receive(word: SupervisorWord): void {
    if (word.kind === "begin") this.#begins.resolve();
    else this.#firstRun.resolve(word.worked);
  }

  /** Resolves when the containers of this pod may start. */
  get begins(): Promise<void> {
    return this.#begins.promise;
  }

  /** Containers that worked on the read-only root, by index. */
  get firstRun(): Promise<readonly boolean[]> {
    return this.#firstRun.promise;
  }
}
