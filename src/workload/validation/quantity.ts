import { QUANTITY_FACTORS } from "../../contract/quantity-factors.ts";

/** Tolerance for equal quantities in different notations (`0.7`, `700m`). */
const TOLERANCE = 1e-9;

/** A quantity as a number; NaN, which fails every comparison, if the decoders refused it. */
export function amountOf(value: unknown): number {
  if (typeof value === "number") return value;
  const [, number = "", suffix = ""] =
    typeof value === "string"
      ? (/^([+-]?[\d.]{1,40}(?:[eE][+-]?\d{1,3})?)([a-zA-Z]{0,2})$/.exec(value) ?? [])
      : [];
  return Object.hasOwn(QUANTITY_FACTORS, suffix)
    ? Number.parseFloat(number) * (QUANTITY_FACTORS[suffix] ?? 1)
    : Number.NaN;
}

export function isMore(one: number, other: number): boolean {
  return one - other > Math.abs(other) * TOLERANCE;
}
