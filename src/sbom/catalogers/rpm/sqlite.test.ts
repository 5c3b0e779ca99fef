// Files that SQLite itself wrote, in every size of a page: what it gives back is what has to be read.

import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { rpmHeader } from "../../../../test/fixtures/rpm/database.ts";
import { temporaryDirectory } from "../../../../test/fixtures/temporary-directory.ts";
import { TAG } from "./header.ts";
import { KeptFile } from "./kept-file.ts";
import { RpmDatabase } from "./rpm-database.ts";
import { sqliteBlobs } from "./sqlite.ts";

interface Written {
  readonly pageSize?: number;
  readonly sizes: readonly number[];
  /** Statements after the rows were written. */
  readonly more?: readonly string[];
}

/** Content of a blob that differs at every place and for every row. */
function content(row: number, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, at) => (row * 31 + at * 7 + (at >> 8)) & 0xff));
}

/** Tables as rpm has them: Packages(hnum, blob), and an index with as many rows. */
function written({ pageSize = 4_096, sizes, more = [] }: Written): Buffer {
  const file = join(temporaryDirectory(), "rpmdb.sqlite");
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA page_size = ${pageSize}`);
  database.exec("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
  database.exec("CREATE TABLE Name (key TEXT NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL)");
  database.exec("CREATE INDEX Name_key_idx ON Name (key ASC)");
  database.exec("BEGIN");
  const packages = database.prepare("INSERT INTO Packages (blob) VALUES (?)");
  const names = database.prepare("INSERT INTO Name VALUES (?, ?, ?)");
  for (const [row, size] of sizes.entries()) {
    packages.run(content(row, size));
    names.run(`package-${row}`, row + 1, 0);
  }
  database.exec("COMMIT");
  for (const statement of more) database.exec(statement);
  database.close();
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}

function read(bytes: Buffer): readonly Buffer[] {
  const file = new KeptFile(bytes.length);
  file.push(bytes, 0);
  file.end();
  const blobs: Buffer[] = [];
  // A blob is valid until the next one.
  for (const blob of sqliteBlobs(file, "Packages", "Name")) blobs.push(Buffer.from(blob));
  return blobs;
}

/** Length and digest of each blob, which a failing test can show. */
const told = (blobs: readonly Buffer[]) =>
  blobs.map((blob) => `${blob.length} ${createHash("sha1").update(blob).digest("hex")}`);
const rows = (sizes: readonly number[]) => told(sizes.map((size, row) => content(row, size)));

const ODD = [0, 1, 2, 100, 400, 470, 475, 476, 477, 480, 1_000, 4_060, 4_061, 4_062, 4_096, 9_000, 70_000];

describe.each([512, 1_024, 4_096, 8_192, 32_768, 65_536])("in pages of %i bytes", (pageSize) => {
  test("blobs of every length, also those that go on in other pages", () => {
    const most = pageSize - 35;
    const edges = [-2, -1, 0, 1, 2, 3, 4, 5, 6].map((more) => Math.max(0, most - 5 + more));
    const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
    const spilled = [0, 1, 2, 3].flatMap((pages) =>
      [-3, -2, -1, 0, 1].map((more) => most + pages * (pageSize - 4) + least + more),
    );
    const sizes = [...ODD, ...edges, ...spilled];
    expect(told(read(written({ pageSize, sizes })))).toEqual(rows(sizes));
  });

  test("so many rows that the table has inner pages", () => {
    const sizes = Array.from({ length: pageSize > 8_192 ? 2_000 : 700 }, (_, row) => (row * 37) % 300);
    expect(told(read(written({ pageSize, sizes })))).toEqual(rows(sizes));
  });
});

test("the database of rpm is told by its content", () => {
  const header = rpmHeader({ [TAG.name]: "bash", [TAG.version]: "5.2", [TAG.release]: "3.el9" });
  const file = join(temporaryDirectory(), "rpmdb.sqlite");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB); CREATE TABLE Name (key)");
  database.prepare("INSERT INTO Packages VALUES (1, ?)").run(header);
  database.exec("INSERT INTO Name VALUES ('bash')");
  database.close();
  const bytes = readFileSync(file);
  const rpm = new RpmDatabase(bytes.length);
  rpm.push(bytes, 0);
  const names: string[] = [];
  expect(rpm.end(({ facts }) => names.push(...facts.map(({ name }) => name)))).toBe(true);
  expect(names).toEqual(["bash"]);
});

test("a table without rows is empty", () => {
  expect(read(written({ sizes: [] }))).toEqual([]);
});

test("a tree of several levels, rows deleted and pages that are free", () => {
  const sizes = Array.from({ length: 3_000 }, (_, row) => 200 + (row % 50));
  const bytes = written({
    pageSize: 512,
    sizes,
    more: ["DELETE FROM Packages WHERE hnum > 2500", "DELETE FROM Name WHERE hnum > 2500"],
  });
  expect(told(read(bytes))).toEqual(rows(sizes.slice(0, 2_500)));
});

test("columns of other types stand before and behind the blob", () => {
  const file = join(temporaryDirectory(), "other.sqlite");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE Packages (a, b, c, d, e, f, g, h, blob BLOB, z TEXT)");
  database.exec("CREATE TABLE Name (key TEXT)");
  database.exec(
    "INSERT INTO Packages VALUES (NULL, 0, 1, 1000, 1.5, 100000, 99999999999, 9000000000000000000, x'0102ff', 'text')",
  );
  database.exec(
    "INSERT INTO Packages VALUES ('', 'a', -1, -40000, 8388607, 2147483647, 140737488355327, 1, x'', '')",
  );
  database.exec("INSERT INTO Name VALUES ('a'), ('b')");
  database.close();
  expect(read(readFileSync(file)).map((blob) => blob.toString("hex"))).toEqual(["0102ff", ""]);
});

describe("damage", () => {
  const sizes = [10, 5_000, 20];
  const whole = () => written({ sizes });
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = whole();
    change(bytes);
    return bytes;
  };

  test.each<[string, () => Buffer, string | RegExp]>([
    [
      "a size of a page that is none",
      () => changed((bytes) => bytes.writeUInt16BE(1_000, 16)),
      "size of a page",
    ],
    ["a page that is all reserved", () => changed((bytes) => bytes.writeUInt8(0xff, 20)), /./],
    ["pages that are missing", () => whole().subarray(0, -4_096), "pages are missing"],
    [
      "rows that are missing",
      () => written({ sizes, more: ["DELETE FROM Packages WHERE hnum = 2"] }),
      "rows are missing",
    ],
    [
      "names that are missing",
      () => written({ sizes, more: ["DELETE FROM Name WHERE hnum = 2"] }),
      "rows are missing",
    ],
    ["no table of packages", () => written({ sizes, more: ["DROP TABLE Packages"] }), "no tables of rpm"],
    ["no table of names", () => written({ sizes, more: ["DROP TABLE Name"] }), "no tables of rpm"],
    [
      "a view in a table's place",
      () => written({ sizes, more: ["DROP TABLE Name", "CREATE VIEW Name AS SELECT hnum FROM Packages"] }),
      "no tables of rpm",
    ],
    [
      "a row without a blob",
      () =>
        written({
          sizes: [],
          more: ["INSERT INTO Packages VALUES (1, 7)", "INSERT INTO Name VALUES ('a', 1, 0)"],
        }),
      "a row without a blob",
    ],
    [
      "a row whose blob is a text",
      () =>
        written({
          sizes: [],
          more: ["INSERT INTO Packages VALUES (1, 'ab')", "INSERT INTO Name VALUES ('a', 1, 0)"],
        }),
      "a row without a blob",
    ],
    ["a root page of another kind", () => changed((bytes) => bytes.writeUInt8(0x02, 100)), "none of a table"],
  ])("%s", (_, bytes, why) => {
    expect(() => read(bytes())).toThrow(why);
  });

  test("a page that is part of two things, such as a chain that ends in itself", () => {
    const chained = written({ pageSize: 512, sizes: [3_000] });
    // The chain's pages are the last ones: each begins with the number of the next.
    const last = chained.length - 512;
    const bytes = Buffer.from(chained);
    bytes.writeUInt32BE(bytes.readUInt32BE(last - 512), last - 512);
    expect(read(bytes)).toHaveLength(1);
    bytes.writeUInt32BE((last - 1_024) / 512 + 1, last - 512);
    expect(() => read(bytes)).toThrow("is part of two things");
  });

  test("a file whose number of pages another program did not keep up is read", () => {
    const bytes = changed((one) => {
      one.writeUInt32BE(9_999, 28);
      one.writeUInt32BE(one.readUInt32BE(24) + 1, 92);
    });
    expect(told(read(bytes))).toEqual(rows(sizes));
  });
});
