/** Factors by suffix: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const FACTORS: Readonly<Record<string, number>> = {
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
  Ki: 1_024,
  Mi: 1_024 ** 2,
  Gi: 1_024 ** 3,
  Ti: 1_024 ** 4,
  Pi: 1_024 ** 5,
  Ei: 1_024 ** 6,
};

/** Number for a Kubernetes quantity: `500m` is 0.5, `128Mi` 134,217,728; undefined if invalid or negative. */
export function parseQuantity(text: string): number | undefined {
  const match = /^\+?(\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})([A-Za-z]{0,2}|[eE][+-]?\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  if (/\d/.test(suffix)) return Number(`${digits}${suffix}`);
  return Object.hasOwn(FACTORS, suffix) ? Number(digits) * (FACTORS[suffix] ?? 1) : undefined;
}
