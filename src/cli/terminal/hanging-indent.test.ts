import { expect, test } from "vitest";
import { hangingIndent } from "./hanging-indent.ts";

const LINE = "  second replica  1.0 s  ready after 0.4 s · 0.0.0.0:18080 · stopped within 0.0 s";

test("a line is broken between words where the terminal ends, and goes on further in", () => {
  expect(hangingIndent(LINE, { isTTY: true, columns: 50 })).toBe(
    "  second replica  1.0 s  ready after 0.4 s ·\n      0.0.0.0:18080 · stopped within 0.0 s",
  );
});

test.each([
  ["a log", { isTTY: false, columns: 50 }],
  ["a terminal that is wide enough", { isTTY: true, columns: 120 }],
  ["a terminal that tells no width", { isTTY: true }],
])("in %s it stays one", (_, output) => {
  expect(hangingIndent(LINE, output)).toBe(LINE);
});
