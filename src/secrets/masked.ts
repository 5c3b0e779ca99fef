import type { Masked } from "../contract/masked.ts";

/** Says that every text of it was masked: the one place that can. For this folder alone. */
export function masked<T>(value: T): Masked<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mark is a type without a value
  return value as Masked<T>;
}
