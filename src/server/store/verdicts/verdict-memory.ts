import { heldVerdict } from "../../held-verdict.ts";
import type { StoredVerdict } from "../../ports.ts";

/** Maximum number of verdicts in memory. */
const MOST = 50_000;

interface Remembered {
  readonly verdict: StoredVerdict;
  /** Time at which the store last confirmed the verdict, in milliseconds of the clock. */
  readonly confirmed: number;
}

/** Cache of verdicts by digest of their key, with the time at which the store last confirmed each. */
export interface VerdictMemory {
  /** Verdict that the store confirmed at most this many milliseconds ago. */
  get(key: string, mostMs: number): StoredVerdict | undefined;
  /** Holds a verdict (heldVerdict()), which is returned. */
  set(key: string, verdict: StoredVerdict): StoredVerdict;
}

/** @param now milliseconds of a monotonic clock */
export function verdictMemory(now: () => number): VerdictMemory {
  const verdicts = new Map<string, Remembered>();
  return {
    get(key, mostMs) {
      const found = verdicts.get(key);
      return found !== undefined && now() - found.confirmed <= mostMs ? found.verdict : undefined;
    },
    set(key, verdict) {
      const held = heldVerdict(verdict);
      verdicts.delete(key);
      verdicts.set(key, { verdict: held, confirmed: now() });
      for (const oldest of verdicts.size > MOST ? verdicts.keys() : []) {
        verdicts.delete(oldest);
        break;
      }
      return held;
    },
  };
}
