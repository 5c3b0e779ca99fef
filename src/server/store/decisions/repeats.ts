import type { Repeats } from "../../audit/entry.ts";
import type { Decision } from "../../ports.ts";

/** Maximum number of remembered decisions. The repeat of a forgotten decision is recorded individually. */
const REMEMBERED = 50_000;

/**
 * Counter of decisions that equal a recorded decision, apart from the time and from names that Kubernetes
 * generates.
 */
export interface RepeatCounter {
  /** Counts a repeat; false if the decision must be recorded individually. */
  count(decision: Decision): boolean;
  /** Remembers a decision that was recorded individually. */
  remember(decision: Decision): void;
  /** Counts since the last call, which are reset. */
  take(): readonly Repeats[];
  /** Adds counts that could not be recorded back to the current counts. */
  giveBack(repeats: readonly Repeats[]): void;
}

export function repeatCounter(): RepeatCounter {
  const known = new Set<string>();
  let counts = new Map<string, Repeats>();
  function add(key: string, { at, until, count, decision }: Repeats): void {
    const before = counts.get(key);
    counts.set(key, {
      kind: "repeats",
      at: before?.at ?? at,
      until,
      count: (before?.count ?? 0) + count,
      decision,
    });
  }
  return {
    count(decision) {
      const key = repeatKey(decision);
      if (key === undefined || !known.has(key)) return false;
      const { uid: _, ...rest } = decision;
      add(key, { kind: "repeats", at: decision.at, until: decision.at, count: 1, decision: rest });
      return true;
    },
    remember(decision) {
      const key = repeatKey(decision);
      if (key === undefined) return;
      known.delete(key);
      known.add(key);
      for (const oldest of known.size > REMEMBERED ? known : []) {
        known.delete(oldest);
        break;
      }
    },
    take() {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack(repeats) {
      const newer = counts;
      counts = new Map();
      for (const one of repeats) add(repeatKey({ ...one.decision, uid: "" }) ?? "", one);
      for (const [key, one] of newer) add(key, one);
    },
  };
}

/**
 * Key under which repeats of a decision are counted; undefined for decisions that are always recorded
 * individually: refusals, warnings, and pods admitted without a verdict.
 */
function repeatKey(decision: Decision): string | undefined {
  const { kind, operation, resource, namespace, owner, user, key, images, name, warned } = decision;
  if (kind !== "admitted" || key === undefined) return undefined;
  return JSON.stringify([operation, resource, namespace, owner ?? name, user, key, images, warned]);
}
