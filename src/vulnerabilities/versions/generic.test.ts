import { expect, test } from "vitest";
import { generic } from "./generic.ts";

test.each([
  ["1", "1.0.0", 0],
  ["1.2", "1.10", -1],
  ["01.2", "1.2", 0],
  ["9007199254740993", "9007199254740992", 1],
  ["1.2", "1.2a", undefined],
  ["", "1", undefined],
  ["1.", "1", undefined],
])("%j against %j gives %s", (a, b, order) => {
  const found = generic.compare(a, b);
  expect(found === undefined ? undefined : Math.sign(found)).toBe(order);
});
