/**
 * Orders two runs of ASCII digits by their value, however long: numbers of versions exceed what a
 * floating-point number holds exactly. An empty run is zero.
 */
export function compareDigits(a: string, b: string): number {
  const left = withoutZeros(a);
  const right = withoutZeros(b);
  if (left.length !== right.length) return left.length - right.length;
  return compareText(left, right);
}

/** By code units, which for ASCII is by bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Of ASCII. */
export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function withoutZeros(digits: string): string {
  if (digits.charCodeAt(0) !== 0x30) return digits;
  let start = 1;
  while (digits.charCodeAt(start) === 0x30) start += 1;
  return digits.slice(start);
}
