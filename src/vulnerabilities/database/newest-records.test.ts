import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FoundRow, newestRecords } from "./newest-records.ts";

function row(id: string, modified: string, feed = "osv", summary = ""): FoundRow {
  return { feed, row: [id, [], [], summary, "", modified, 0] };
}

describe("of rows about one package", () => {
  test.each<readonly [string, readonly FoundRow[], readonly FoundRow[]]>([
    ["none", [], []],
    [
      "other records stay",
      [row("A", "2026-01-01"), row("B", "2025-01-01")],
      [row("A", "2026-01-01"), row("B", "2025-01-01")],
    ],
    [
      "the newer version of a record stays",
      [row("A", "2025-01-01"), row("A", "2026-01-01")],
      [row("A", "2026-01-01")],
    ],
    ["whichever comes first", [row("A", "2026-01-01"), row("A", "2025-01-01")], [row("A", "2026-01-01")]],
    [
      "versions of one date stay both: Alpine's branches have no dates",
      [row("A", "2026-01-01", "osv", "x"), row("A", "2026-01-01", "osv", "y")],
      [row("A", "2026-01-01", "osv", "x"), row("A", "2026-01-01", "osv", "y")],
    ],
    [
      "a version without a date stays",
      [row("A", ""), row("A", "2026-01-01")],
      [row("A", ""), row("A", "2026-01-01")],
    ],
    [
      "an id of two feeds is two records",
      [row("A", "2025-01-01", "alpine-secdb"), row("A", "2026-01-01")],
      [row("A", "2025-01-01", "alpine-secdb"), row("A", "2026-01-01")],
    ],
  ])("%s", (_, found, kept) => {
    expect(newestRecords(found)).toEqual(kept);
  });
});

test("records of another source take none away, in any order", () => {
  const rows = (ids: readonly string[]) =>
    fc.array(
      fc
        .tuple(fc.constantFrom(...ids), fc.constantFrom("", "2025-01-01", "2026-01-01"))
        .map(([id, modified]) => row(id, modified)),
    );
  fc.assert(
    fc.property(rows(["A", "B"]), rows(["C", "D"]), fc.boolean(), (own, others, first) => {
      const joined = newestRecords(first ? [...others, ...own] : [...own, ...others]);
      expect(joined.filter(({ row: [id] }) => id < "C")).toEqual(newestRecords(own));
    }),
  );
});
