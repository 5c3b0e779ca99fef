import { expect, test } from "vitest";
import { dataAges, dataNote } from "./data-ages.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const SOURCES = [
  { name: "osv:npm", date: "2026-11-30T11:00:00Z" },
  { name: 'a "mirror"\n\\', date: "2026-11-27" },
  { name: "kev", date: "2026-11-30T13:00:00Z" },
];

test("each source has its age, whatever its name, also one of the future", () => {
  expect(dataAges(SOURCES, NOW).split("\n").slice(1)).toEqual([
    "# TYPE douane_vulnerability_data_age_seconds gauge",
    'douane_vulnerability_data_age_seconds{source="osv:npm"} 3600',
    'douane_vulnerability_data_age_seconds{source="a \\"mirror\\"\\n\\\\"} 302400',
    'douane_vulnerability_data_age_seconds{source="kev"} -3600',
    "",
  ]);
});

test("/readyz names the oldest source", () => {
  expect(dataNote(SOURCES.slice(0, 1), NOW)).toBe("vulnerability data: 0 days (oldest: osv:npm)");
  expect(dataNote([...SOURCES, { name: "epss", date: "2026-11-20" }], NOW)).toBe(
    "vulnerability data: 10 days (oldest: epss)",
  );
});

test("without data there is no age, and /readyz says so", () => {
  expect(dataAges([], NOW)).toBe("");
  expect(dataNote([], NOW)).toBe("vulnerability data: none");
});
