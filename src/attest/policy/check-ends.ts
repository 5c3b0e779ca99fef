import { type AttestationCheck, ENDING_DAYS } from "../../contract/attestation-facts.ts";

const DAY_MS = 86_400_000;

/**
 * Checks, each with its last day of `yes` if it ends soon: by the age of its statements, or the end of a key. Another
 * statement may count longer than the statement that decides today, so a later day is judged with all of them.
 *
 * @param at milliseconds since 1970
 * @param judge judges the same statements at another time
 */
export function withEnds(
  checks: readonly AttestationCheck[],
  at: number,
  judge: (at: number) => readonly AttestationCheck[],
): readonly AttestationCheck[] {
  const today = Math.floor(at / DAY_MS);
  const answers = new Map<number, ReadonlySet<string>>();
  /** Checks that are answered `yes` at the end of a day. */
  function provenOn(day: number): ReadonlySet<string> {
    const known = answers.get(day);
    if (known !== undefined) return known;
    const found = judge((day + 1) * DAY_MS - 1).filter(({ answer }) => answer === "yes");
    const ids = new Set(found.map(({ id }) => id));
    answers.set(day, ids);
    return ids;
  }
  return checks.map((check) => {
    if (check.answer !== "yes" || provenOn(today + ENDING_DAYS).has(check.id)) return check;
    const days = Array.from({ length: ENDING_DAYS }, (_, index) => today + index);
    const last = days.findLast((day) => provenOn(day).has(check.id)) ?? today;
    return { ...check, until: new Date(last * DAY_MS).toISOString().slice(0, 10) };
  });
}
