import type { SupervisorWord } from "../plan.ts";

/** What this pod is told of the first one, beside which it runs. */
export class Told {
  readonly #begins = Promise.withResolvers<void>();
  readonly #firstRun = Promise.withResolvers<readonly boolean[]>();

  hear(word: SupervisorWord): void {
    if (word.type === "begin") this.#begins.resolve();
    else this.#firstRun.resolve(word.worked);
  }

  /** Resolves when its containers may start. */
  get begins(): Promise<void> {
    return this.#begins.promise;
  }

  /** Which containers worked on the read-only root, by their index. */
  get firstRun(): Promise<readonly boolean[]> {
    return this.#firstRun.promise;
  }
}
