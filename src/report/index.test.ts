import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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

const GOLDENS = join(import.meta.dirname, "__goldens__");
const golden = (name: string) => readFileSync(join(GOLDENS, name), "utf8");
const ownersOf = (text: string) => REPORTS.filter(({ own }) => own.test(text)).map(({ name }) => name);

describe("a report that douane wrote is told", () => {
  test.each(readdirSync(GOLDENS))("%s by its own format alone", (name) => {
    expect(ownersOf(golden(name))).toEqual([name.split(".")[0]]);
  });

  test.each(REPORTS.flatMap((format) => (["fr", "en"] as const).map((lang) => [format, lang] as const)))(
    "$name in %s where nothing was judged",
    async (format, lang) => {
      const report = (await format.load())({ lang, version: "0.1.0", rules: [] });
      const text = [report.head, ...report.end({ errors: [], skipped: [] })].join("");
      expect(ownersOf(text)).toContain(format.name);
    },
  );

  test.each([
    ["", "an empty file"],
    ["alias ll='ls -l'\n", "a shell's settings"],
    ["# Portal\n\n## Applications: 3\n", "a README"],
    ['{ "name": "douane", "version": "1.0.0" }\n', "package.json"],
    ['{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "other"}}}]}', "another tool's SARIF"],
    ['[{"description": "x", "check_name": "eslint/x"}]', "another tool's code quality"],
    ['<?xml version="1.0"?>\n<testsuites name="jest">', "another tool's JUnit"],
    ['<!doctype html>\n<html lang="en">\n<head>\n<title>Portal</title>', "a page"],
    ["team: douane\n", "douane.yaml"],
  ])("%j is not: %s", (text) => {
    expect(ownersOf(text)).toEqual([]);
  });
});
