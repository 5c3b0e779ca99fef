import type * as z from "zod/v4/core";

/**
 * Returns the schema. Compiles only if its output is exactly T, including optional keys: a strict schema
 * without one of our own keys would refuse what we wrote.
 *
 * exactly<Origin>()(z.strictObject({ … }))
 */
export function exactly<T>() {
  return <S extends z.$ZodType>(schema: S & Exact<Plain<z.output<S>>, Plain<T>>): S => schema;
}

type Exact<Own, Wanted> = Same<Own, Wanted> extends true ? unknown : Differs<Own, Wanted>;

/** Compiler message for a schema that does not match. */
interface Differs<Own, Wanted> {
  readonly "the schema lets through": Own;
  readonly "instead of": Wanted;
}

/**
 * Whether two types are identical, not only assignable to each other, by comparing deferred conditional
 * types.
 */
// oxlint-disable-next-line no-unnecessary-type-parameters -- it is what makes the comparison strict
type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false;

/** The type without `readonly`, which does not affect data. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
