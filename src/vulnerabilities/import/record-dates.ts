/** Number of records per record that may be newer than the export without affecting the export's date. */
const RECORDS_PER_STRAY = 1_000;

/**
 * Date of records by their own dates: the newest date. With more than 1,000 records, the newest date reached
 * by 0.1 % of them, so that an old export with a single recent record stays old.
 */
export class RecordDates {
  readonly #days = new Map<string, { count: number; newest: string }>();
  #count = 0;

  /** @param date ISO 8601 */
  add(date: string): void {
    this.#count++;
    const day = date.slice(0, "2026-11-27".length);
    const known = this.#days.get(day);
    if (known === undefined) this.#days.set(day, { count: 1, newest: date });
    else {
      known.count++;
      if (date > known.newest) known.newest = date;
    }
  }

  /** Date of the records, ISO 8601; "" without any. */
  get newest(): string {
    let wanted = Math.max(1, Math.ceil(this.#count / RECORDS_PER_STRAY));
    for (const [, { count, newest }] of [...this.#days].toSorted(([a], [b]) => (a < b ? 1 : -1))) {
      wanted -= count;
      if (wanted <= 0) return newest;
    }
    return "";
  }
}
