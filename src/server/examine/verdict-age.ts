import type { StoredVerdict } from "../ports.ts";

/** Ages of verdicts, in milliseconds. */
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

/** @param now milliseconds, as Date.now() */
export function ageOf({ verdict, images, judgedAt }: StoredVerdict, now: number): Age {
  const age = now - Date.parse(judgedAt);
  // A verdict from the future was made with a wrong clock.
  if (age < -AGES.refusedMs || !Number.isFinite(age)) return "old";
  if (verdict.admitted !== "yes") return age <= AGES.refusedMs ? "fresh" : "old";
  if (hasEndedAcceptance(verdict, now)) return "old";
  const isMovable = images.some(({ isPinned }) => !isPinned);
  if (isMovable) return age <= AGES.movableMs ? "fresh" : "old";
  if (age <= AGES.admittedMs) return "fresh";
  return age <= AGES.admittedAtMostMs ? "stale" : "old";
}

/** Whether the verdict rests on an acceptance whose last day is over. */
function hasEndedAcceptance({ rows }: StoredVerdict["verdict"], now: number): boolean {
  const today = new Date(now).toISOString().slice(0, 10);
  return rows.some(({ notes }) =>
    notes.some(({ accepted }) => accepted !== undefined && accepted.expires < today),
  );
}
