import type { Masked } from "../contract/masked.ts";

/** The value with a type that says that every text of it was masked. Only this folder may call it. */
export function masked<T>(value: T): Masked<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mark is a type without a value
  return value as Masked<T>;
}
