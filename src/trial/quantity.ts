import { QUANTITY_FACTORS } from "../contract/quantity-factors.ts";

/** Number for a Kubernetes quantity: `500m` is 0.5, `128Mi` 134,217,728; undefined if invalid or negative. */
export function parseQuantity(text: string): number | undefined {
  const match = /^\+?(\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})([A-Za-z]{0,2}|[eE][+-]?\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  if (/\d/.test(suffix)) return Number(`${digits}${suffix}`);
  return Object.hasOwn(QUANTITY_FACTORS, suffix)
    ? Number(digits) * (QUANTITY_FACTORS[suffix] ?? 1)
    : undefined;
}
