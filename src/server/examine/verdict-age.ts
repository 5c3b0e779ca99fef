import type { EnforcedRows } from "../../contract/admission.ts";
import { admits } from "../admission/admits.ts";
import type { StoredVerdict } from "../ports.ts";

/** Maximum ages of verdicts, in milliseconds. */
const AGES = {
  /** Time for which an admission counts; afterwards, it is judged again in the background. */
  admittedMs: 60 * 60_000,
  /** Time for which an admission still counts while it cannot be judged again. */
  admittedAtMostMs: 24 * 60 * 60_000,
  /** Time for which a refusal counts: a missing attestation may have been attached since. */
  refusedMs: 10_000,
  /** Time for which an answer about an image by tag counts: the tag may have been moved since. */
  movableMs: 60_000,
} as const;

/** `fresh`: counts. `stale`: counts, and must be judged again. `old`: no longer counts. */
export type Age = "fresh" | "stale" | "old";

/**
 * @param now milliseconds, as Date.now()
 * @param enforced as VerdictRequest.enforced
 */
export function ageOf(stored: StoredVerdict, now: number, enforced?: EnforcedRows): Age {
  const { judgedAt, isMovable, ends } = agingOf(stored);
  const isAdmitted = admits(stored, enforced);
  const age = now - judgedAt;
  // A judgedAt in the future comes from a wrong clock.
  if (age < -AGES.refusedMs || !Number.isFinite(age)) return "old";
  if (!isAdmitted) return age <= AGES.refusedMs ? "fresh" : "old";
  if (ends !== undefined && ends < new Date(now).toISOString().slice(0, 10)) return "old";
  if (isMovable) return age <= AGES.movableMs ? "fresh" : "old";
  if (age <= AGES.admittedMs) return "fresh";
  return age <= AGES.admittedAtMostMs ? "stale" : "old";
}

/** Facts of a verdict that limit its age. */
interface Aging {
  /** Milliseconds since 1970; NaN if the time cannot be read. */
  readonly judgedAt: number;
  /** Whether an image is named by a tag. */
  readonly isMovable: boolean;
  /**
   * Last day of the acceptance that ends first, `YYYY-MM-DD`; undefined if the verdict depends on no
   * acceptance.
   */
  readonly ends: string | undefined;
}

/** Facts by verdict, cached: one verdict answers thousands of pods. */
const KEPT = new WeakMap<StoredVerdict, Aging>();

function agingOf(stored: StoredVerdict): Aging {
  const kept = KEPT.get(stored);
  if (kept !== undefined) return kept;
  const { verdict, images, judgedAt } = stored;
  const days = verdict.rows.flatMap(({ notes }) => notes.flatMap(({ accepted }) => accepted?.expires ?? []));
  const aging = {
    judgedAt: Date.parse(judgedAt),
    isMovable: images.some(({ isPinned }) => !isPinned),
    ends: days.toSorted()[0],
  };
  KEPT.set(stored, aging);
  return aging;
}
