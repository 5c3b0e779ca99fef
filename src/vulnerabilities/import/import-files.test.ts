import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { osvRecord } from "../../../test/fixtures/osv-records.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import { LIMITS } from "../../contract/limits.ts";
import { openDatabase } from "../database/open-database.ts";
import { importFiles } from "./import-files.ts";

const NOW = new Date("2026-06-15T12:00:00Z");

/** Imports files of these names and contents; the data, open. */
async function imported(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryDirectory();
  const data = join(folder, "data");
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const named = Object.keys(files).map((name) => ({ name, path: join(folder, name) }));
  const result = await importFiles(data, named, { now: NOW });
  const database = openDatabase(data, "2026-06-15");
  return { result, database, names: result.sources.map(({ name }) => name) };
}

function of(ecosystem: string, name: string): object {
  return { package: { ecosystem, name }, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }] }] };
}

const json = (value: unknown) => JSON.stringify(value);

describe("OSV", () => {
  const one = osvRecord("GHSA-1", "left-pad");
  const two = osvRecord("GHSA-2", "left-pad");

  test.each([
    ["one record", { "a.json": json(one) }, 1],
    ["records in an array", { "a.json": json([one, two]) }, 2],
    ["records in lines", { "a.ndjson": `${json(one)}\n${json(two)}\n` }, 2],
    ["an answer of the API", { "a.json": json({ vulns: [one, two] }) }, 2],
    [
      "a zip",
      {
        "all.zip": zipOf([
          { name: "1.json", content: json(one) },
          { name: "2.json", content: json(two) },
        ]),
      },
      2,
    ],
    ["a zip of stored members", { "all.zip": zipOf([{ name: "1.json", content: json(one), method: 0 }]) }, 1],
    [
      "a zip within a zip",
      {
        "all.zip.zip": zipOf([{ name: "all.zip", content: zipOf([{ name: "1.json", content: json(one) }]) }]),
      },
      1,
    ],
    ["compressed lines", { "a.gz": gzipSync(`${json(one)}\n${json(two)}`) }, 2],
    [
      "a file whose name says something else, with a mark of the order of bytes",
      { "kev.csv": `\u{FEFF}${json(one)}` },
      1,
    ],
  ])("comes as %s", async (_, files, count) => {
    const { database, names } = await imported(files);
    expect(names).toEqual(["osv:npm"]);
    expect(database.advisoriesOf("npm", "left-pad")).toHaveLength(count);
    expect([database.holds("npm"), database.holds("PyPI")]).toEqual([true, false]);
    database.close();
  });

  test("of more bytes than are parsed in one go is cut into its records", async () => {
    const filler = "x".repeat(3 * 1024 ** 2);
    const records = Array.from({ length: 8 }, (_, index) =>
      osvRecord(`GHSA-${index}`, "left-pad", { details: `${filler}"]}\\\u{e9}` }),
    );
    for (const text of [json(records), json({ vulns: records, more: {} }), records.map(json).join("\n")]) {
      const { database } = await imported({ "a.json": text });
      expect(database.advisoriesOf("npm", "left-pad").map(({ id }) => id)).toEqual(
        records.map((_, index) => `GHSA-${index}`),
      );
      database.close();
    }
  });

  test("is a source of what all its records are of: others' packages do not stand for their ecosystem", async () => {
    const both = osvRecord("GHSA-3", "x", { affected: [of("npm", "x"), of("Maven", "org.example:x")] });
    const { names, database } = await imported({ "a.ndjson": [one, both].map(json).join("\n") });
    expect([names, database.holds("Maven")]).toEqual([["osv:npm"], false]);
    database.close();
    const mixed = await imported({
      "a.ndjson": [one, osvRecord("PYSEC-1", "y", { affected: [of("PyPI", "Y_.y")] })].map(json).join("\n"),
    });
    expect(mixed.names).toEqual(["osv"]);
    expect(mixed.database.advisoriesOf("PyPI", "y-Y")).toMatchObject([{ id: "PYSEC-1", package: "y-y" }]);
    mixed.database.close();
  });

  test("of several archives is several sources, of several records of one ecosystem one", async () => {
    const python = osvRecord("PYSEC-1", "y", { affected: [of("PyPI", "y")] });
    const { names, database, result } = await imported({
      "npm.zip": zipOf([{ name: "1.json", content: json(one) }]),
      "pypi.zip": zipOf([{ name: "1.json", content: json(python) }]),
      "more.json": json(two),
    });
    expect(names).toEqual(["osv:PyPI", "osv:npm"]);
    expect(result.sources.map(({ records }) => records)).toEqual([1, 2]);
    expect(database.advisoriesOf("npm", "left-pad")).toHaveLength(2);
    database.close();
  });

  test("is as current as its bulk: a young record makes neither an export nor one beside it young", async () => {
    const old = { modified: "2020-01-01T00:00:00Z" };
    const many = Array.from({ length: 2_000 }, (_, at) => osvRecord(`GHSA-o${at}`, "x", old));
    const zip = zipOf(many.map((record, at) => ({ name: `${at}.json`, content: json(record) })));
    const within = await imported({ "a.ndjson": [one, ...many].map(json).join("\n") });
    const beside = await imported({ "all.zip": zip, "new.zip": zipOf([{ name: "1", content: json(one) }]) });
    for (const { result, database } of [within, beside]) {
      expect(result.sources).toMatchObject([{ name: "osv:npm", records: 2_001, date: old.modified }]);
      database.close();
    }
  });

  test("counts a record once, however many packages of an ecosystem it names", async () => {
    const record = osvRecord("GHSA-3", "x", { affected: [of("npm", "x"), of("npm", "y"), of("Maven", "z")] });
    const { result, database } = await imported({ "a.json": json(record) });
    expect(result.sources).toMatchObject([{ ecosystems: { Maven: 1 } }, { ecosystems: { npm: 1 } }]);
    database.close();
  });

  test("of malware alone is no data of its ecosystems", async () => {
    const { names, database } = await imported({ "a.json": json(osvRecord("MAL-2026-1", "evil")) });
    expect([names, database.holds("npm")]).toEqual([["osv:malware"], false]);
    expect(database.advisoriesOf("npm", "evil")).toMatchObject([{ id: "MAL-2026-1", isMalware: true }]);
    database.close();
  });

  test("a record that came with two sources is one: the newer", async () => {
    const folder = temporaryDirectory();
    writeFileSync(
      join(folder, "old.json"),
      json([osvRecord("GHSA-1", "left-pad", { modified: "2026-01-01T00:00:00Z", summary: "Old" })]),
    );
    writeFileSync(join(folder, "new.json"), json(one));
    const data = join(folder, "data");
    for (const name of ["new", "old"]) {
      const file = { name, path: join(folder, `${name}.json`) };
      await importFiles(data, [file], { now: NOW, source: `osv:${name}` });
    }
    const database = openDatabase(data, "2026-06-15");
    expect(database.advisoriesOf("npm", "left-pad")).toMatchObject([{ summary: "A flaw of left-pad" }]);
    database.close();
  });
});

test.each([
  ["Go", "github.com/Azure/foo", ["github.com/azure/foo", "github.com/Azure/foo"], "github.com/Azure/foo"],
  ["npm", "JSONStream", ["jsonstream", "JSONStream"], "JSONStream"],
  ["npm", "left-pad", ["left-pad"], "left-pad"],
  ["Alpine:v3.22", "R", ["r", "R"], "r"],
  ["Maven", "org.Example:A", ["org.Example:A"], "org.Example:A"],
])("a record of %s about %s is found by %j", async (ecosystem, name, asked, shown) => {
  const record = osvRecord("GHSA-1", "", { affected: [of(ecosystem, name)] });
  const { database } = await imported({ "a.json": json(record) });
  for (const one of asked)
    expect(database.advisoriesOf(ecosystem, one)).toMatchObject([{ id: "GHSA-1", package: shown }]);
  database.close();
});

test("entries of one record whose names differ in case alone are both its own", async () => {
  const affected = [of("npm", "JSONStream"), of("npm", "jsonstream")];
  const { database } = await imported({ "a.json": json(osvRecord("GHSA-1", "", { affected })) });
  expect(
    database
      .advisoriesOf("npm", "jsonstream")
      .map((one) => one.package)
      .toSorted(),
  ).toEqual(["JSONStream", "jsonstream"]);
  database.close();
});

describe("an archive", () => {
  async function refused(name: string, bytes: Uint8Array): Promise<unknown> {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, name), bytes);
    const data = join(folder, "data");
    const outcome = await importFiles(data, [{ name, path: join(folder, name) }], { now: NOW }).catch(
      (error: unknown) => error,
    );
    expect(readdirSync(folder)).toEqual([name]);
    return outcome;
  }

  const member = { name: "1.json", content: json(osvRecord("GHSA-1", "left-pad")) };

  test("that is cut anywhere is damaged", async () => {
    const whole = zipOf([member]);
    for (let length = 4; length < whole.length; length += 23) {
      expect(await refused("all.zip", whole.subarray(0, length))).toMatchObject({
        code: "feed-archive-damaged",
        exit: 65,
      });
    }
  });

  test("whose content is not what its checksum says is damaged", async () => {
    const bytes = zipOf([{ ...member, method: 0 }]);
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    expect(await refused("all.zip", bytes)).toMatchObject({ code: "feed-archive-damaged" });
  });

  test.each([
    ["encrypted", zipOf([{ ...member, encrypted: true }])],
    ["of a method that is not read", zipOf([{ ...member, method: 93 }])],
  ])("with a member %s is refused", async (_, bytes) => {
    expect(await refused("all.zip", bytes)).toMatchObject({ code: "feed-archive-damaged" });
  });

  test("whose members share their bytes, as bombs do, is damaged", async () => {
    const bytes = zipOf([member, { ...member, name: "2.json" }]);
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(0, second + 42);
    expect(await refused("all.zip", bytes)).toMatchObject({
      message: expect.stringContaining("members overlap"),
    });
  });

  test("that inflates too much is refused, at expansionRatio", async () => {
    const zeros = Buffer.alloc(LIMITS.expansionFloorBytes + 1);
    expect(await refused("all.zip", zipOf([{ name: "a.json", content: zeros }]))).toMatchObject({
      code: "feed-too-large",
      message: expect.stringContaining("limit expansionRatio"),
    });
    expect(await refused("a.gz", gzipSync(`[${" ".repeat(2 * zeros.length)}`))).toMatchObject({
      message: expect.stringContaining("limit expansionRatio"),
    });
  });

  /** Imports a zip whose directory claims so many members and bytes, in a sparse file. */
  async function hugeDirectory(count: number, size: number): Promise<unknown> {
    const folder = temporaryDirectory();
    const path = join(folder, "all.zip");
    const file = openSync(path, "w");
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50);
    head.writeUInt16LE(0x800, 8);
    head.writeUInt32LE(size, 24);
    const end = Buffer.alloc(56 + 20 + 22);
    end.writeUInt32LE(0x06064b50);
    for (const [at, value] of [
      [4, 44],
      [24, count],
      [32, count],
      [40, count * 46],
      [48, 4],
    ] as const)
      end.writeBigUInt64LE(BigInt(value), at);
    end.writeUInt32LE(0x07064b50, 56);
    end.writeBigUInt64LE(BigInt(4 + count * 46), 64);
    end.writeUInt32LE(0x06054b50, 76);
    writeSync(file, Buffer.from([0x50, 0x4b, 3, 4]));
    writeSync(file, head, 0, 46, 4);
    writeSync(file, end, 0, end.length, 4 + count * 46);
    closeSync(file);
    return importFiles(join(folder, "data"), [{ name: "all.zip", path }], { now: NOW }).catch(
      (error: unknown) => error,
    );
  }

  test("of 1,000,000 members is refused, at vulnerabilityArchiveEntries", async () => {
    expect(await hugeDirectory(1_000_000, 1)).toMatchObject({
      message: expect.stringContaining("limit vulnerabilityArchiveEntries"),
    });
  });

  test("that would unpack to more than vulnerabilityUnpackedBytes is refused before it is", async () => {
    const sizes = Array.from({ length: 9 }, (_, index) => ({
      name: `${index}.json`,
      content: "{}",
      method: 0,
    }));
    const bytes = zipOf(sizes);
    for (let at = bytes.indexOf("PK\u{1}\u{2}"); at >= 0; at = bytes.indexOf("PK\u{1}\u{2}", at + 1))
      bytes.writeUInt32LE(0xfff0_0000, at + 24);
    expect(await refused("all.zip", bytes)).toMatchObject({
      message: expect.stringContaining("limit vulnerabilityUnpackedBytes"),
    });
  });

  test("deeper than archives of feeds are is refused, at packedDepth", async () => {
    const inner = zipOf([{ name: "b.zip", content: zipOf([member]) }]);
    expect(await refused("all.zip", zipOf([{ name: "a.zip", content: inner }]))).toMatchObject({
      code: "feed-too-large",
    });
  });
});

test("a line without an end is no feed", async () => {
  const folder = temporaryDirectory();
  const path = join(folder, "a.ndjson");
  writeFileSync(path, `${json(osvRecord("GHSA-1", "x"))}\n{"a":"${"x".repeat(LIMITS.jsonBytes)}`);
  await expect(importFiles(join(folder, "data"), [{ name: "a", path }], { now: NOW })).rejects.toMatchObject({
    code: "feed-malformed",
  });
});

test("a folder is searched to its bottom, hidden ones left out", async () => {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "feeds", "deep"), { recursive: true });
  mkdirSync(join(folder, "feeds", ".git"));
  writeFileSync(join(folder, "feeds", "deep", "1.json"), json(osvRecord("GHSA-1", "left-pad")));
  writeFileSync(join(folder, "feeds", ".git", "2.json"), json(osvRecord("GHSA-2", "left-pad")));
  writeFileSync(join(folder, "feeds", "README.md"), "{");
  const { sources } = await importFiles(
    join(folder, "data"),
    [{ name: "feeds", path: join(folder, "feeds") }],
    { now: NOW },
  );
  expect(sources).toMatchObject([{ name: "osv:npm", records: 1 }]);
});

test("groups of Maven are known by their artifacts", async () => {
  const records = [of("Maven", "org.a:core"), of("Maven", "org.b:core"), of("Maven", "org.b:core")];
  const maven = records.map((affected, at) => ({ ...osvRecord(`GHSA-${at}`, "x"), affected: [affected] }));
  const { database } = await imported({ "a.json": json(maven) });
  expect(database.groupsOf("core")).toEqual(["org.a", "org.b"]);
  expect(database.groupsOf("other")).toEqual([]);
});

describe("a second source of an ecosystem hides nothing", () => {
  const twice = osvRecord("GHSA-twice", "log4j", {
    affected: [
      {
        ...of("npm", "log4j"),
        ranges: [{ type: "SEMVER", events: [{ introduced: "2.13.0" }, { fixed: "2.15.0" }] }],
      },
      {
        ...of("npm", "log4j"),
        ranges: [{ type: "SEMVER", events: [{ introduced: "2.0.0" }, { fixed: "2.12.2" }] }],
      },
    ],
  });
  const others = {
    malware: osvRecord("MAL-2026-1", "evil"),
    "malware of the same name": osvRecord("MAL-2026-2", "log4j", { affected: [of("npm", "log4j")] }),
    "the same record, older": { ...twice, modified: "2020-01-01T00:00:00Z", affected: [of("npm", "log4j")] },
  };

  test.each(Object.entries(others))("%s", async (_, other) => {
    for (const files of [
      [twice, other],
      [other, twice],
    ]) {
      const folder = temporaryDirectory();
      const data = join(folder, "data");
      for (const [at, record] of files.entries()) {
        const path = join(folder, `${at}.json`);
        writeFileSync(path, json(record));
        await importFiles(data, [{ name: `${at}.json`, path }], { now: NOW, source: `source-${at}` });
      }
      const database = openDatabase(data, "2026-06-15");
      const found = database.advisoriesOf("npm", "log4j").filter(({ id }) => id === "GHSA-twice");
      expect(found.map(({ affected }) => affected.ranges?.[0]?.events[0])).toEqual([
        { event: "introduced", version: "2.13.0" },
        { event: "introduced", version: "2.0.0" },
      ]);
      database.close();
    }
  });
});

test("a CVE that nobody has rated says when it was published, and one that was taken back says so", async () => {
  const of = (cveId: string, state: string) => ({
    dataType: "CVE_RECORD",
    cveMetadata: { cveId, state, datePublished: "2026-06-10T08:00:00Z", dateUpdated: "2026-06-11T08:00:00Z" },
    containers: { cna: {} },
  });
  const { database } = await imported({
    "a.json": json(of("CVE-2026-0001", "PUBLISHED")),
    "b.json": json(of("CVE-2026-0002", "REJECTED")),
  });
  expect(database.cve("CVE-2026-0001")).toEqual({ severities: [], exploited: [], published: "2026-06-10" });
  expect(database.cve("CVE-2026-0002")).toEqual({ severities: [], exploited: [], isRejected: true });
  database.close();
});
