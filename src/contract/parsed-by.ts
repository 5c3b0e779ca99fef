/**
 * What a schema says of a value; undefined where it finds more wrong than it can say: zod hands the
 * issues of an array on as arguments, of which V8 takes some 100,000.
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
