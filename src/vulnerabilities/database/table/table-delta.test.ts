import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { SortedTable } from "./sorted-table.ts";
import { TableBuilder } from "./table-builder.ts";
import { deltaBetween, PatchedTable } from "./table-delta.ts";
import { writeSortedTable } from "./table-writer.ts";

const ABOUT = { source: "osv:npm", feed: "osv", records: 3, ecosystems: { npm: 3 } };

type Written = Pick<TableBuilder, "write">;

function fileOf(rows: Written): Buffer {
  const pieces: Uint8Array[] = [];
  rows.write(ABOUT, (piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

function tableOf(bytes: Buffer): SortedTable {
  const file = join(temporaryDirectory(), "a.table");
  writeFileSync(file, bytes);
  return new SortedTable(file, bytes.length);
}

function rowsOf(all: readonly (readonly [string, string])[]): TableBuilder {
  const rows = new TableBuilder();
  for (const [key, row] of all) rows.add(key, row);
  return rows;
}

/** Entries as they come, sorted or not. */
function unsorted(entries: readonly (readonly [key: string, lines: string])[]): SortedTable {
  const listed = entries.map(([key, lines]) => ({ key, lines: () => lines }));
  return tableOf(fileOf({ write: (about, write) => writeSortedTable(about, () => listed, write) }));
}

describe("a delta", () => {
  test("makes of the older table the newer one, byte for byte; so does a chain of them", () => {
    // Few keys, so that tables share some; characters that UTF-8 and UTF-16 order differently.
    const key = fc.stringMatching(/^[ab\ue000\u{10000}é ]{0,3}$/u);
    const row = fc.oneof(
      fc.integer({ min: 0, max: 3 }).map((number) => `[${number}]`),
      fc.integer({ min: 500, max: 3_000 }).map((length) => JSON.stringify("=\n".repeat(length))),
    );
    const rows = fc.array(fc.tuple(key, row), { maxLength: 60 });
    fc.assert(
      fc.property(rows, rows, rows, (first, second, third) => {
        const files = [first, second, third].map((all) => fileOf(rowsOf(all)));
        const [one, two, three] = files.map(tableOf) as [SortedTable, SortedTable, SortedTable];
        const steps = [deltaBetween(one, two), deltaBetween(two, three)].map(({ rows: all }) =>
          tableOf(fileOf(all)),
        );
        expect(fileOf(new PatchedTable(one, steps.slice(0, 1))).equals(files[1] as Buffer)).toBe(true);
        expect(fileOf(new PatchedTable(one, steps)).equals(files[2] as Buffer)).toBe(true);
        for (const table of [one, two, three, ...steps]) table.close();
      }),
      { numRuns: 60 },
    );
  });

  test("holds the keys that changed, and no others", () => {
    const before = Array.from({ length: 5_000 }, (_, index) => [`k${index}`, `[${index}]`] as const);
    const after = before.flatMap(([name, row], index) => {
      if (index === 7) return [];
      return index % 1_000 === 9 ? [[name, row], [name, '["new"]'] as const] : [[name, row]];
    }) as (readonly [string, string])[];
    const { rows, keys } = deltaBetween(tableOf(fileOf(rowsOf(before))), tableOf(fileOf(rowsOf(after))));
    expect(keys).toBe(6);
    expect([...tableOf(fileOf(rows)).entries()]).toEqual([
      ["k1009", ["[1009]", '["new"]'].toSorted()],
      ["k2009", ["[2009]", '["new"]'].toSorted()],
      ["k3009", ["[3009]", '["new"]'].toSorted()],
      ["k4009", ["[4009]", '["new"]'].toSorted()],
      ["k7", []],
      ["k9", ["[9]", '["new"]'].toSorted()],
    ]);
  });
});

describe("a delta that is none", () => {
  const base = () => tableOf(fileOf(rowsOf([["m", "[1]"]])));
  const put = (delta: SortedTable) => fileOf(new PatchedTable(base(), [delta]));

  test.each([
    ["b", "a"],
    ["a", "a"],
  ])("with the keys %s and %s behind each other is refused", (first, second) => {
    const delta = unsorted([
      [first, `=${first}\n[1]\n`],
      [second, `=${second}\n[2]\n`],
    ]);
    expect(() => put(delta)).toThrow("is malformed (order)");
  });

  test.each(["a line before any key\n=a\n[1]\n", "=a\n[1]", "\n"])(
    "with the block %j is refused",
    (lines) => {
      expect(() => put(unsorted([["a", lines]]))).toThrow("are damaged");
    },
  );

  test("that unpacks to more than vulnerabilityRowCharacters, here a smaller one, is refused", () => {
    const delta = unsorted(["a", "b", "c"].map((key) => [key, `=${key}\n${"x".repeat(50_000)}\n`]));
    const put = (characters: number) => fileOf(new PatchedTable(base(), [delta], characters));
    expect(() => put(140_000)).toThrow("is malformed (vulnerabilityRowCharacters 140000)");
    expect(put(160_000).length).toBeGreaterThan(0);
  });
});
