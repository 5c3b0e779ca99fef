/**
 * Weaknesses that count as injections: CWE-74 with its descendants (research view 1000 of CWE 4.16). Also
 * weaknesses that the OWASP Top 10 (2021, A03) or their own names call injections: 98 and 470 (code chosen by
 * input), 117 (log), 644 (script in a header).
 */
const INJECTIONS: ReadonlySet<number> = new Set([
  74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 93, 94, 95, 96, 97, 98, 99, 113,
  117, 470, 564, 621, 624, 641, 643, 644, 652, 692, 694, 914, 917, 943, 1236, 1336, 1427,
]);

export function isInjection(cwes: readonly number[]): boolean {
  return cwes.some((cwe) => INJECTIONS.has(cwe));
}

/** `CWE-89`, `cwe_089`, `external/cwe/cwe-089`, `…/definitions/89.html`. */
const NAMED = /(?:cwe[-_: ]|cwe\.mitre\.org\/data\/definitions\/)0{0,4}(?<id>[1-9]\d{0,4})(?!\d)/gi;

/** Numbers of the weaknesses that texts name. */
export function cwesIn(texts: readonly string[]): readonly number[] {
  return texts.flatMap((text) => [...text.matchAll(NAMED)].map(({ groups }) => Number(groups?.["id"])));
}

/**
 * A field that contains only the number of a weakness (`89`, `"89"`, `"CWE-89"`); `-1` and `0` do not denote a
 * weakness.
 */
export function cwesOf(value: unknown): readonly number[] {
  if (Array.isArray(value)) return value.flatMap(cwesOf);
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? [value] : [];
  if (typeof value !== "string") return [];
  return /^[1-9]\d{0,4}$/.test(value) ? [Number(value)] : cwesIn([value]);
}
