/**
 * Result of parsing with a schema; undefined if there are too many issues: zod passes an array's issues as
 * arguments, and V8 accepts about 100,000 arguments.
 */
export function parsedBy<R>(
  schema: { readonly safeParse: (value: unknown) => R },
  value: unknown,
): R | undefined {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
