import { QUANTITY_FACTORS } from "../contract/quantity-factors.ts";

const FORM = /^\+?(\d{1,1000}(?:\.\d{0,1000})?|\.\d{1,1000})([A-Za-z]{0,2}|[eE][+-]?\d{1,10})$/;
/** Smallest quantity of Kubernetes, to which smaller quantities are rounded up. */
const SMALLEST = 1e-9;

/**
 * Number for a Kubernetes quantity: `500m` is 0.5, `128Mi` 134,217,728, `1e-400` the smallest quantity;
 * undefined if invalid or negative.
 */
export function parseQuantity(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  const value = amountOf(digits, suffix);
  if (value === undefined) return undefined;
  return Math.min(Math.max(value, /[1-9]/.test(digits) ? SMALLEST : 0), Number.MAX_VALUE);
}

function amountOf(digits: string, suffix: string): number | undefined {
  if (/\d/.test(suffix)) return Number(`${digits}${suffix}`);
  const factor = Object.hasOwn(QUANTITY_FACTORS, suffix) ? QUANTITY_FACTORS[suffix] : undefined;
  return factor === undefined ? undefined : Number(digits) * factor;
}
