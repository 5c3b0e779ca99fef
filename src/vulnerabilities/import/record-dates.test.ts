import { expect, test } from "vitest";
import { RecordDates } from "./record-dates.ts";

function newestOf(...given: readonly (readonly [date: string, count: number])[]): string {
  const dates = new RecordDates();
  for (const [date, count] of given) for (let at = 0; at < count; at++) dates.add(date);
  return dates.newest;
}

test("a few records are as current as the newest", () => {
  expect(newestOf()).toBe("");
  expect(
    newestOf(["2020-01-01T00:00:00Z", 9], ["2026-06-14T08:00:00Z", 1], ["2026-06-14T07:00:00Z", 1]),
  ).toBe("2026-06-14T08:00:00Z");
});

test("a young record among thousands makes none of them young, one in a thousand does", () => {
  expect(newestOf(["2020-01-01T00:00:00Z", 4_000], ["2026-06-14T08:00:00Z", 1])).toBe("2020-01-01T00:00:00Z");
  expect(newestOf(["2020-01-01T00:00:00Z", 3_996], ["2026-06-14T08:00:00Z", 4])).toBe("2026-06-14T08:00:00Z");
});

test("records of one day count together, whatever their hours", () => {
  const hours = Array.from({ length: 24 }, (_, hour): [string, number] => [
    `2026-06-14T${String(hour).padStart(2, "0")}:00:00Z`,
    1,
  ]);
  expect(newestOf(["2020-01-01T00:00:00Z", 19_000], ...hours)).toBe("2026-06-14T23:00:00Z");
});
