import { expect, test } from "vitest";
import { usesColor } from "./color.ts";

test.each([
  ["a terminal", true, {}, false, true],
  ["a pipe", false, {}, false, false],
  ["a terminal with --no-color", true, {}, true, false],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, false, false],
  ["a terminal with an empty NO_COLOR, which counts as unset", true, { NO_COLOR: "" }, false, true],
  ["a dumb terminal", true, { TERM: "dumb" }, false, false],
  ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, false, true],
  ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false, false],
  ["NO_COLOR and FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
])("%s", (_, isTTY, env, noColor, expected) => {
  expect(usesColor({ isTTY, write: async () => {} }, env, noColor)).toBe(expected);
});
