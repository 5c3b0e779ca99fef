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
  ["a log of GitLab", false, { GITLAB_CI: "true", TERM: "dumb" }, false, true],
  ["a log of GitHub", false, { GITHUB_ACTIONS: "true" }, false, true],
  ["a log of GitLab with NO_COLOR", false, { GITLAB_CI: "true", NO_COLOR: "1" }, false, false],
  ["a log of GitLab with FORCE_COLOR=0", false, { GITLAB_CI: "true", FORCE_COLOR: "0" }, false, false],
  ["a log of another system", false, { CI: "true" }, false, false],
])("%s", (_, isTTY, env, noColor, expected) => {
  expect(usesColor({ isTTY, write: async () => {} }, env, noColor)).toBe(expected);
});

test("a file of a GitLab job holds no colours", () => {
  const file = { isTTY: false, isFile: true, write: async () => {} };
  expect(usesColor(file, { GITLAB_CI: "true" }, false)).toBe(false);
});
