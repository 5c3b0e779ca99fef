import { VERDICT_CHANGES, type VerdictChange } from "../decision-kinds.ts";
import { simpleMetric } from "./exposition.ts";

/** Counts of the changes that a process reported about running workloads. */
export class ChangeCounts {
  readonly #counts = new Map<VerdictChange, number>(VERDICT_CHANGES.map((change) => [change, 0]));

  count(change: VerdictChange): void {
    this.#counts.set(change, (this.#counts.get(change) ?? 0) + 1);
  }

  /** In the text format of Prometheus. */
  text(): string {
    return simpleMetric(
      {
        name: "douane_verdict_changes_total",
        help: "Changes of verdicts on running workloads, and coming ones, that were reported, by kind.",
      },
      "counter",
      Object.fromEntries(this.#counts),
      "change",
    );
  }
}
