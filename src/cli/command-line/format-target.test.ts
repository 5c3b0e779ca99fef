import { describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { REPORTS } from "../../report/index.ts";
import { assertDistinct, formatParser } from "./format-target.ts";

const parseFormat = formatParser(REPORTS);

describe("--format", () => {
  test.each([
    ["json", "json", undefined],
    ["json=report.json", "json", "report.json"],
    ["html=a=b.html", "html", "a=b.html"],
  ])("%s is the format %s in the file %s", (word, name, file) => {
    const target = parseFormat(word);
    expect([target.format.name, target.file]).toEqual([name, file]);
  });

  test.each([
    ["sarfi", "Did you mean sarif?"],
    ["pdf", "checklist, json, sarif, gitlab-codequality, junit, markdown, html, github"],
    ["", 'Unknown format: ""'],
    ["json=", "a file name is missing"],
  ])("%j is a usage error", (word, says) => {
    expect(() => parseFormat(word)).toThrow(says);
  });
});

describe("several formats", () => {
  test("may go to one place each", () => {
    expect(() => assertDistinct(["json=a.json", "html=b.html", "checklist"].map(parseFormat))).not.toThrow();
  });

  test.each([
    [["json", "checklist"], "Two formats to the standard output"],
    [["json=a", "html=a"], 'Two formats to the same file "a"'],
  ])("%j do not", (words, says) => {
    expect(() => assertDistinct(words.map(parseFormat))).toThrow(says);
  });

  test.each([
    ["check", "json", "sarif"],
    ["sbom", "cyclonedx", "spdx"],
    ["vulns", "json", "sarif"],
  ])("are refused by %s before anything is read", async (command, ...formats) => {
    const flags = formats.flatMap((name) => ["--format", name]);
    const { exit, stdout, stderr } = await douane([command, "oci:absent", ...flags]);
    expect([exit, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Two formats to the standard output");
  });

  test("are refused where the environment gives them, by its variable", async () => {
    const { exit, stderr } = await douane(["check", "oci:absent"], { env: { DOUANE_FORMAT: "json,sarif" } });
    expect(exit).toBe(64);
    expect(stderr).toContain("DOUANE_FORMAT: Two formats to the standard output");
  });
});
