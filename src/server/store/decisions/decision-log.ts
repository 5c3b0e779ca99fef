import { type NewEntry, newEntry } from "../../audit/entry.ts";
import type { Decision } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { groupedWrites } from "./grouped-writes.ts";
import { repeatCounter } from "./repeats.ts";

/** Milliseconds for which repeats are counted before they are written. */
const COUNTED_MS = 60_000;

/** Writes decisions to the audit log. */
export interface DecisionLog {
  /** Resolves when the decision is on disk; for a repeated admission, when the repeat is counted. */
  record(decision: Decision): Promise<void>;
  /** Writes the counted repeats, and waits for writes in progress. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** @param douane version that makes the decisions */
export function decisionLog(database: Database, douane: string): DecisionLog {
  const groups = groupedWrites<NewEntry>((entries) => append(database, entries));
  const repeats = repeatCounter();
  async function flush(): Promise<void> {
    const counts = repeats.take();
    const written = await Promise.allSettled(counts.map((count) => write(groups, newEntry(count, douane))));
    repeats.giveBack(counts.filter((_, index) => written[index]?.status === "rejected"));
    await groups.idle();
  }
  const timer = setInterval(() => void flush(), COUNTED_MS);
  timer.unref();
  return {
    async record(decision) {
      if (repeats.count(decision)) return;
      await write(groups, newEntry({ kind: "decision", at: decision.at, decision }, douane));
      repeats.remember(decision);
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function write(
  groups: { write(item: NewEntry, bytes: number): Promise<void> },
  entry: NewEntry,
): Promise<void> {
  return groups.write(entry, entry.entry.length);
}

/**
 * Appends entries by one statement, and therefore in one transaction: PostgreSQL answers after the commit.
 */
async function append(database: Database, entries: readonly NewEntry[]): Promise<void> {
  await database.asking(() =>
    database.pool.query({
      name: "append",
      text: "select douane.append_entries($1::text[], $2::text[], $3::text[])",
      values: [
        entries.map(({ entry }) => entry),
        entries.map(({ at }) => at),
        entries.map(({ namespace }) => namespace),
      ],
    }),
  );
}
