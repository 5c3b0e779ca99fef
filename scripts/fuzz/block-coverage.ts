import { Session } from "node:inspector";

/** The blocks of src/ that ran, as V8 counts them: its own precise coverage, without a build step. */
export class BlockCoverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  constructor() {
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  get count(): number {
    return this.#seen.size;
  }

  /** Blocks that have run since the last call and in no run before. */
  takeNew(): readonly string[] {
    const found: string[] = [];
    // The session is of this thread: it answers before post() returns.
    this.#session.post("Profiler.takePreciseCoverage", (_error, { result }) => {
      for (const { url, functions } of result) {
        const file = /\/(src\/.*)$/.exec(url)?.[1];
        if (file === undefined || url.includes("node_modules")) continue;
        const ranges = functions.flatMap(({ ranges }) => ranges).filter(({ count }) => count > 0);
        for (const { startOffset, endOffset } of ranges) found.push(`${file}:${startOffset}-${endOffset}`);
      }
    });
    return found.filter((block) => !this.#seen.has(block));
  }

  add(blocks: readonly string[]): void {
    for (const block of blocks) this.#seen.add(block);
  }

  close(): void {
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }
}
