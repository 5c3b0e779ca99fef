import { expect, test } from "vitest";
import { isVersionControl } from "./version-control.ts";

test.each([
  ".git",
  ".GIT",
  ".git.",
  ".git ",
  ".git::$INDEX_ALLOCATION",
  "git~1",
  "GIT~27",
  ".hg",
  ".jj",
  ".svn",
  "\uff0egit",
])("%j is a folder of version control", (name) => {
  expect(isVersionControl(name)).toBe(true);
});

test.each([".gitignore", ".github", ".gitlab-ci.yml", "git", "hg", "a.git", ".hgignore", "git~", ""])(
  "%j is none",
  (name) => {
    expect(isVersionControl(name)).toBe(false);
  },
);
