import { isInjection } from "./cwe.ts";
import type { Severity } from "./severity.ts";

export type Counts = Readonly<Record<Severity, number>>;

/** Counter of a report's findings. Each finding is counted once: open, suppressed or unreadable. */
export class Tally {
  readonly #counts: Record<Severity, number> = {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    info: 0,
    unknown: 0,
  };
  #injections = 0;
  #suppressed = 0;
  #unreadable = 0;

  /**
   * Counts an open finding.
   *
   * @param cwes numbers of its weaknesses
   */
  open(severity: Severity, cwes: readonly number[] = []): void {
    this.#counts[severity]++;
    if (isInjection(cwes)) this.#injections++;
  }

  /**
   * Raises the count of a severity to a number from the report, for findings that the report does not list
   * one by one.
   */
  atLeast(severity: Severity, count: number): void {
    this.#counts[severity] = Math.max(this.#counts[severity], count);
  }

  suppress(count = 1): void {
    this.#suppressed += count;
  }

  /** Counts an entry without the fields of a finding, since ignoring the entry might hide a finding. */
  unreadable(): void {
    this.#counts.unknown++;
    this.#unreadable++;
  }

  get counts(): Counts {
    return { ...this.#counts };
  }

  get injections(): number {
    return this.#injections;
  }

  get suppressed(): number {
    return this.#suppressed;
  }

  get unreadables(): number {
    return this.#unreadable;
  }

  /** Number of open findings. */
  get total(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }
}
