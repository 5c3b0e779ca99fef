import { expect, test } from "vitest";
import { z } from "zod";
import { exactly } from "./exactly.ts";

interface Facts {
  readonly name: string;
  readonly size?: number;
  readonly at: { readonly in: "file"; readonly lines: readonly number[] } | { readonly in: "env" };
  readonly words: Readonly<Record<string, string>>;
}

const at = z.discriminatedUnion("in", [
  z.strictObject({ in: z.literal("file"), lines: z.array(z.number()) }),
  z.strictObject({ in: z.literal("env") }),
]);
const words = z.record(z.string(), z.string());
const name = z.string();
const size = z.number().exactOptional();

test("a schema that says what its interface says is given back", () => {
  const schema = z.strictObject({ name, size, at, words });
  expect(exactly<Facts>()(schema)).toBe(schema);
});

test("every other schema does not compile", () => {
  const schemas = [
    // @ts-expect-error -- an optional key is missing
    exactly<Facts>()(z.strictObject({ name, at, words })),
    // @ts-expect-error -- a key is missing
    exactly<Facts>()(z.strictObject({ size, at, words })),
    // @ts-expect-error -- a key is optional that is not
    exactly<Facts>()(z.strictObject({ name: name.exactOptional(), size, at, words })),
    // @ts-expect-error -- an optional key is always there
    exactly<Facts>()(z.strictObject({ name, size: z.number(), at, words })),
    // @ts-expect-error -- undefined is no number
    exactly<Facts>()(z.strictObject({ name, size: z.number().optional(), at, words })),
    // @ts-expect-error -- a key that nobody knows
    exactly<Facts>()(z.strictObject({ name, size, at, words, more: name.exactOptional() })),
    // @ts-expect-error -- one of two shapes is missing
    exactly<Facts>()(z.strictObject({ name, size, at: at.options[1], words })),
    // @ts-expect-error -- another type
    exactly<Facts>()(z.strictObject({ name, size, at, words: z.record(name, z.number()) })),
    // @ts-expect-error -- more than one word is let through where there is one
    exactly<{ readonly kind: "a" }>()(z.strictObject({ kind: z.enum(["a", "b"]) })),
  ];
  expect(schemas).toHaveLength(9);
});
