import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { resolveCore } from "./core-scalar.ts";

test.each([
  ["yes", "yes"],
  ["NO", "NO"],
  ["on", "on"],
  ["tRUE", "tRUE"],
  ["True", true],
  ["FALSE", false],
  ["", null],
  ["~", null],
  ["nULL", "nULL"],
  ["010", 10],
  ["0o10", 8],
  ["0x1F", 31],
  ["0b11", "0b11"],
  ["-0x1F", "-0x1F"],
  ["1_000", "1_000"],
  [".5", 0.5],
  ["1.", 1],
  [".", "."],
  ["+", "+"],
  ["1e3", 1000],
  ["1.30", 1.3],
  ["1:30", "1:30"],
  ["2026-12-31", "2026-12-31"],
  ["-.INF", -Infinity],
  [".nan", Number.NaN],
  ["+.nan", "+.nan"],
])("%j is %j in YAML 1.2", (source, value) => {
  expect(resolveCore(source)).toBe(value);
});

test("agrees with another reader of YAML 1.2", () => {
  const source = fc
    .array(fc.constantFrom(..."0123456789abexofinNuULlL+-._~".split("")), { minLength: 1, maxLength: 6 })
    .map((characters) => characters.join(""));
  fc.assert(
    fc.property(source, (text) => {
      fc.pre(!/^-+$|^\.{3}$/.test(text));
      expect(resolveCore(text)).toEqual(parse(text, { version: "1.2", schema: "core" }));
    }),
    { numRuns: 2_000 },
  );
});
