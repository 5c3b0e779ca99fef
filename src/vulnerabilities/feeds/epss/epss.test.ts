import { expect, test } from "vitest";
import { feedFacts } from "../../../../test/fixtures/feed-facts.ts";
import { epssReader, isEpss } from "./epss.ts";

function read(...lines: readonly string[]): readonly string[] {
  const { facts, sink } = feedFacts();
  const reader = epssReader(sink);
  for (const line of lines) reader(line);
  return facts;
}

function scored(score: number, percentile: number, date: string): string {
  return JSON.stringify({ severities: [], exploited: [], epss: { score, percentile, date } });
}

test("scores have the date of their file", () => {
  expect(
    read(
      "#model_version:v2025.03.14,score_date:2026-06-14T00:00:00+0000",
      "cve,epss,percentile",
      "CVE-2026-0001,0.00043,0.10123\r",
      "CVE-2026-0002,1,0",
      "",
    ),
  ).toEqual([
    "dated 2026-06-14",
    `cve CVE-2026-0001 ${scored(0.00043, 0.10123, "2026-06-14")}`,
    `cve CVE-2026-0002 ${scored(1, 0, "2026-06-14")}`,
  ]);
});

test("scores without a date are scores", () => {
  expect(read("#model_version:v1", "CVE-2026-0001,0,1")).toEqual([`cve CVE-2026-0001 ${scored(0, 1, "")}`]);
  expect(read("CVE-2026-0001,0,1")).toEqual([`cve CVE-2026-0001 ${scored(0, 1, "")}`]);
});

test.each([
  ["CVE-1,0.5,0.5", "CVE-1"],
  [`${"x".repeat(101)},0.5,0.5`, "x".repeat(100)],
  ["CVE-2026-0001,,0.5", "CVE-2026-0001"],
  ["CVE-2026-0001,-0.1,0.5", "CVE-2026-0001"],
  ["CVE-2026-0001,1.1,0.5", "CVE-2026-0001"],
  ["CVE-2026-0001,0.5,-0.1", "CVE-2026-0001"],
  ["CVE-2026-0001,0.5,1.1", "CVE-2026-0001"],
  ["CVE-2026-0001,high,0.5", "CVE-2026-0001"],
  ["CVE-2026-0001,0.5,high", "CVE-2026-0001"],
])("%s is no score", (line, named) => {
  expect(read(line)).toEqual([`malformed ${named}`]);
});

test.each([
  ["cve,epss,percentile\n", true],
  ["#model_version:v1,score_date:2026-06-14\ncve,epss,percentile\n", true],
  ["#model_version:v1\r\ncve,epss,percentile", true],
  ["cve,epss,percentiles", false],
  ["#other\ncve,epss,percentile", false],
  [" cve,epss,percentile", false],
  ["cve,score", false],
])("%j begins such a file: %s", (head, expected) => {
  expect(isEpss(head)).toBe(expected);
});
