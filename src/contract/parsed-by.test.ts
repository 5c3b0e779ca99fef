import { expect, test } from "vitest";
import { z } from "zod";
import { parsedBy } from "./parsed-by.ts";

const schema = z.array(z.array(z.string()));
const wrong = (count: number) => [Array.from({ length: count }, () => 1)];

test("a value is read, or what is wrong with it is said, as long as that can be said", () => {
  expect(parsedBy(schema, [[""]])).toMatchObject({ success: true });
  expect(parsedBy(schema, wrong(3))).toMatchObject({ success: false });
  expect(parsedBy(schema, wrong(200_000))).toBeUndefined();
});

test("a schema that fails otherwise is a bug", () => {
  const broken = z.string().refine(() => {
    throw new TypeError("broken");
  });
  expect(() => parsedBy(broken, "")).toThrow("broken");
});
