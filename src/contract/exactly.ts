import type * as z from "zod/v4/core";

/**
 * The schema as it is. Compiles only where what it lets through is T, neither more nor less, optional
 * keys included: a strict schema that forgot one would refuse what we wrote ourselves.
 *
 *     exactly<Origin>()(z.strictObject({ … }))
 */
export function exactly<T>() {
  return <S extends z.$ZodType>(schema: S & Exact<Plain<z.output<S>>, Plain<T>>): S => schema;
}

type Exact<Own, Wanted> = Same<Own, Wanted> extends true ? unknown : Differs<Own, Wanted>;

/** What the compiler says of a schema that does not fit. */
interface Differs<Own, Wanted> {
  readonly "the schema lets through": Own;
  readonly "instead of": Wanted;
}

/** Whether types are one and the same, not only assignable to each other: what waits for G is compared so. */
// oxlint-disable-next-line no-unnecessary-type-parameters -- it is what makes the comparison strict
type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false;

/** Without `readonly`, which says nothing of the data. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
