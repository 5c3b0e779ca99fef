/** Attacks of ZAP whose numbers are not in the ranges of active rules. */
const ATTACKS: ReadonlySet<number> = new Set([
  10045, 10047, 10048, 10051, 10053, 10058, 10095, 10104, 10106, 10107, 90017, 90018, 90019, 90020, 90021,
  90023, 90024, 90025, 90026, 90027, 90028, 90029, 90034, 90035, 90036, 90037, 90039,
]);

/**
 * Whether the rule sends its own requests, so that its alert shows that the scan attacked. Passive rules,
 * which only read answers, are all other rules from 10000, and some from 90000.
 */
export function isZapAttack(rule: unknown): boolean {
  const id = typeof rule === "string" && /^\d{1,6}$/.test(rule) ? Number(rule) : rule;
  if (typeof id !== "number") return false;
  return id < 100 || (id >= 20_000 && id < 50_000) || ATTACKS.has(id);
}
