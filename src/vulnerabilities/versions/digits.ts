const ZERO = 0x30;
const NINE = 0x39;

/**
 * Compares two runs of ASCII digits by value, at any length, since numbers may be too large for exact
 * floating point. An empty run is zero.
 */
export function compareDigits(a: string, b: string): number {
  return a === b ? 0 : compareRuns(a, 0, a.length, b, 0, b.length);
}

/** Compares like compareDigits(), for runs inside longer texts. */
export function compareRuns(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let left = aStart;
  let right = bStart;
  while (left < aEnd && a.charCodeAt(left) === ZERO) left += 1;
  while (right < bEnd && b.charCodeAt(right) === ZERO) right += 1;
  const longer = aEnd - left - (bEnd - right);
  if (longer !== 0) return longer;
  for (; left < aEnd; left += 1, right += 1) {
    const order = a.charCodeAt(left) - b.charCodeAt(right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Compares by code units, which for ASCII are bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Whether the code is an ASCII letter. */
export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** End of a run of digits. */
export function digitsEnd(text: string, start: number, end = text.length): number {
  let at = start;
  while (at < end && isDigit(text.charCodeAt(at))) at += 1;
  return at;
}
