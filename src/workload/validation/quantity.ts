/**
 * Factors of the suffixes of resource.Quantity (k8s.io/apimachinery); a number may have an exponent instead.
 */
const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** Tolerance for equal quantities in different notations (`0.7`, `700m`). */
const TOLERANCE = 1e-9;

/** A quantity as a number; NaN, which fails every comparison, if the decoders refused it. */
export function amountOf(value: unknown): number {
  if (typeof value === "number") return value;
  const [, number = "", suffix = ""] =
    typeof value === "string"
      ? (/^([+-]?[\d.]{1,40}(?:[eE][+-]?\d{1,3})?)([a-zA-Z]{0,2})$/.exec(value) ?? [])
      : [];
  return Object.hasOwn(SUFFIXES, suffix) ? Number.parseFloat(number) * (SUFFIXES[suffix] ?? 1) : Number.NaN;
}

export function isMore(one: number, other: number): boolean {
  return one - other > Math.abs(other) * TOLERANCE;
}
