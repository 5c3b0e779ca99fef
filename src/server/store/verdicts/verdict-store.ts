import type { StoredVerdict, VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { verdictMemory } from "./verdict-memory.ts";
import { keyDigest, readVerdict, writeVerdict } from "./verdict-rows.ts";

/** How long verdicts are answered from memory. */
export interface VerdictAges {
  /** Milliseconds without asking the database, in which another replica may have kept a newer verdict. */
  readonly freshMs: number;
  /** Milliseconds while the database does not answer. */
  readonly outageMs: number;
}

export const VERDICT_AGES: VerdictAges = { freshMs: 5_000, outageMs: 15 * 60_000 };

/** Verdicts in memory and in the database. */
export interface VerdictStore {
  verdict(key: VerdictKey): Promise<StoredVerdict | undefined>;
  keepVerdict(verdict: StoredVerdict): Promise<void>;
}

/** @param now milliseconds of a clock that does not go back */
export function verdictStore(
  database: Database,
  { freshMs, outageMs }: VerdictAges = VERDICT_AGES,
  now: () => number = () => performance.now(),
): VerdictStore {
  const memory = verdictMemory(now);
  const asked = new Map<string, Promise<StoredVerdict | undefined>>();
  async function read(id: string, key: VerdictKey): Promise<StoredVerdict | undefined> {
    try {
      const found = await readVerdict(database, key);
      if (found !== undefined) memory.set(id, found);
      return found;
    } catch (error) {
      const known = memory.get(id, outageMs);
      if (known === undefined) throw error;
      return known;
    } finally {
      asked.delete(id);
    }
  }
  return {
    async verdict(key) {
      const id = keyDigest(key);
      const known = memory.get(id, freshMs);
      if (known !== undefined) return known;
      const reading = asked.get(id) ?? read(id, key);
      asked.set(id, reading);
      return reading;
    },
    async keepVerdict(verdict) {
      await writeVerdict(database, verdict);
      // The write keeps a newer verdict of another replica, so memory takes the verdict of the database.
      await read(keyDigest(verdict.key), verdict.key);
    },
  };
}
