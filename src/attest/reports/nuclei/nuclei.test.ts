import { describe, expect, test } from "vitest";
import { scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

function result(info: object = {}, changes: object = {}): Record<string, unknown> {
  return {
    "template-id": "a",
    info: { name: "a", severity: "low", ...info },
    host: "https://app.example",
    type: "http",
    ...changes,
  };
}

function lines(...all: readonly unknown[]): string {
  return all.map((one) => `${JSON.stringify(one)}\n`).join("");
}

const DONE = { exitCode: 0 };

test.each<[string, unknown]>([
  ["lines", lines(result(), result())],
  ["lines of version 2", lines({ ...result(), "template-id": undefined, templateID: "a" }, result())],
  [
    "lines that end as on Windows, with an empty one",
    `${JSON.stringify(result())}\r\n\r\n${JSON.stringify(result())}\r\n`,
  ],
  ["a list", [result(), result()]],
])("%s are read alike", (_, report) => {
  expect(scanReport(report, DONE)).toMatchObject({
    format: "nuclei",
    kind: "dast",
    tool: "Nuclei",
    target: "https://app.example",
    counts: { low: 2 },
    verdict: "warn",
    asserted: ["exitCode"],
    assertedNeeded: ["finishedAt", "toolVersion"],
  });
});

test("a single line is one result", () => {
  expect(scanCounts(lines(result()), DONE)).toBe("low 1");
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, object, string]>([
    ["no exit code", lines(result()), {}, "incomplete: completion-unknown"],
    ["an exit code of a failure", lines(result()), { exitCode: 1 }, "incomplete: exit-code"],
    [
      "targets that differ",
      [result(), result({}, { host: "https://b.example" })],
      DONE,
      "incomplete: completion-unknown",
    ],
    [
      "targets that differ, and the job's",
      [result(), result({}, { host: "https://b.example" })],
      { ...DONE, target: "two" },
      "warn",
    ],
    [
      "a request that failed",
      [result(), result({}, { "matcher-status": false, error: "could not connect to any address" })],
      DONE,
      "incomplete: scanner-errors",
    ],
    ["an entry that is none", [result(), {}], DONE, "incomplete: unreadable-findings"],
  ])("%s", (_, report, asserted, expected) => {
    expect(scanOutcome(report, asserted)).toBe(expected);
  });
});

test("a template that did not match is no finding", () => {
  expect(scanCounts([result({}, { "matcher-status": false }), result({}, { "matcher-status": true })])).toBe(
    "low 1",
  );
});

test.each([
  ["critical", "critical 1"],
  ["info", "info 1"],
  ["unknown", "unknown 1"],
])("severity %s counts as %s", (severity, counts) => {
  expect(scanCounts([result({ severity })])).toBe(counts);
});

test.each<[string, object, number]>([
  ["its classification", { classification: { "cwe-id": ["cwe-89"] } }, 1],
  ["another classification", { classification: { "cwe-id": ["cwe-200"] }, tags: ["sqli"] }, 0],
  ["no classification, but a tag", { classification: { "cwe-id": null }, tags: ["cve", "sqli"] }, 1],
  ["tags in one text", { tags: "network, xss" }, 1],
  ["other tags", { tags: "network,constructor" }, 0],
])("an injection is recognised by %s", (_, info, injections) => {
  expect(scanReport([result(info)]).injections).toBe(injections);
});
