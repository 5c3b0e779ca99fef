import type { Masked } from "../contract/masked.ts";

/**
 * The value with the type for masked values; every text in it must be masked. Only this folder may call this
 * function.
 */
export function masked<T>(value: T): Masked<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mark is a type without a value
  return value as Masked<T>;
}
