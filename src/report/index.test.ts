import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPORTS } from "./index.ts";

test("the formats that the documentation names, the default first", () => {
  expect(REPORTS.map(({ name }) => name)).toEqual([
    "checklist",
    "json",
    "sarif",
    "gitlab-codequality",
    "junit",
    "markdown",
    "html",
    "github",
  ]);
});

test("no format is loaded before it is asked for", () => {
  const text = readFileSync(join(import.meta.dirname, "index.ts"), "utf8");
  const eager = [...text.matchAll(/^import (?!type)/gm)];
  expect(eager).toEqual([]);
});
