import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { hashOf } from "./bloom-filter.ts";
import { SortedTable } from "./sorted-table.ts";
import { TableBuilder } from "./table-builder.ts";

const ABOUT = { source: "osv:npm", feed: "osv", records: 3, ecosystems: { npm: 3 } };

function written(rows: readonly (readonly [string, string])[]): Buffer {
  const builder = new TableBuilder();
  for (const [key, row] of rows) builder.add(key, row);
  const pieces: Uint8Array[] = [];
  builder.write(ABOUT, (piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

function opened(bytes: Uint8Array, size = bytes.length): SortedTable {
  const file = join(temporaryDirectory(), "a.table");
  writeFileSync(file, bytes);
  return new SortedTable(file, size);
}

function rowsOf(table: SortedTable, key: string): readonly string[] {
  return table.rows(key, hashOf(key));
}

describe("a table", () => {
  test("gives every key its rows, and others none", () => {
    const key = fc.stringMatching(/^[a-z@/é漢😀. -]{1,12}$/u);
    const row = fc
      .array(fc.string({ unit: "binary" }), { maxLength: 3 })
      .map((values) => JSON.stringify(values));
    const rows = fc.array(fc.tuple(key, row), { maxLength: 300 });
    fc.assert(
      fc.property(rows, key, (all, other) => {
        const table = opened(written(all));
        const expected = new Map<string, Set<string>>();
        for (const [name, line] of all) expected.set(name, (expected.get(name) ?? new Set()).add(line));
        for (const [name, lines] of expected) expect(rowsOf(table, name)).toEqual([...lines].toSorted());
        expect(rowsOf(table, other)).toEqual([...(expected.get(other) ?? [])].toSorted());
        expect(new Map(table.entries()).size).toBe(expected.size);
        table.close();
      }),
      { numRuns: 30 },
    );
  });

  test("finds each of 5,000 keys over many blocks, and none of 5,000 others", () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => [`a npm package-${index}`, `["${"x".repeat(index % 90)}"]`] as const,
    );
    const table = opened(written(rows));
    for (const [key, row] of rows) expect(rowsOf(table, key)).toEqual([row]);
    const found = rows.filter(([key]) => rowsOf(table, `${key}-not`).length > 0);
    expect(found).toEqual([]);
    table.close();
  });

  test("is the same whatever the order in which its rows came", () => {
    const rows = [
      ["b", "[1]"],
      ["a", "[2]"],
      ["a", "[1]"],
    ] as const;
    expect(written(rows)).toEqual(written(rows.toReversed()));
  });

  test("says what it is", () => {
    const table = opened(written([["a", "[]"]]));
    expect(table.about).toEqual({ ...ABOUT, content: expect.stringMatching(/^[0-9a-f]{64}$/) });
    table.close();
  });

  test("of more characters than vulnerabilityRowCharacters is refused", () => {
    const builder = new TableBuilder();
    const row = "x".repeat(LIMITS.vulnerabilityRowCharacters / 2);
    builder.add("a", row);
    expect(() => builder.add("b", row)).toThrow("limit vulnerabilityRowCharacters");
  });
});

describe("a table that was damaged", () => {
  const whole = written(
    Array.from({ length: 500 }, (_, index) => [`a npm package-${index}`, `[${index}]`] as const),
  );
  const ask = (bytes: Uint8Array, size?: number) => {
    const table = opened(bytes, size);
    try {
      return Array.from({ length: 500 }, (_, index) => rowsOf(table, `a npm package-${index}`).length);
    } finally {
      table.close();
    }
  };

  test("by having been cut anywhere is an error", () => {
    for (const length of [0, 10, 20, whole.length >> 1, whole.length - 1]) {
      expect(() => ask(whole.subarray(0, length), whole.length)).toThrow("are damaged");
      expect(() => ask(whole.subarray(0, length))).toThrow("are damaged");
    }
  });

  test("by any byte that changed is an error, never another answer", () => {
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      expect(() => ask(bytes), `byte ${at}`).toThrow(/are damaged|of format/);
    }
  });

  test("or is of another format says so", () => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt32LE(9, 8);
    expect(() => ask(bytes)).toThrow("of format 9; this version of douane reads 1");
  });

  test("and unpacks to more than vulnerabilityBlockBytes is an error", () => {
    const bomb = written([["a", `["${"x".repeat(LIMITS.vulnerabilityBlockBytes)}"]`]]);
    const table = opened(bomb);
    expect(() => rowsOf(table, "a")).toThrow("are damaged");
    table.close();
  });
});

test("a file of this format stays readable", () => {
  // Written by the first version of the format: a change of it must still read this, or count up and
  // refuse the one before the last.
  const bytes = Buffer.from(
    readFileSync(join(import.meta.dirname, "__goldens__", "format-1.table.base64"), "utf8"),
    "base64",
  );
  const table = opened(bytes);
  expect([...table.entries()]).toEqual([
    ["a npm left-pad", ['["GHSA-1"]', '["GHSA-2"]']],
    ["c CVE-2026-0001", ['["",[],[["CISA KEV"]]]']],
  ]);
  table.close();
});
