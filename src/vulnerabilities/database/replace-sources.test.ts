import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { readCatalog } from "./catalog.ts";
import { locked } from "./lock.ts";
import { openDatabase } from "./open-database.ts";
import { mergeSources, redateSources, replaceSources } from "./replace-sources.ts";
import { cveRow } from "./rows/cve-row.ts";
import { TableBuilder } from "./table/table-builder.ts";
import { writeTable } from "./write-table.ts";

const NOW = "2026-06-15T12:00:00.000Z";

/** A list of exploited CVEs, as a table that waits to become a source. */
function list(directory: string, source: string, ids: readonly string[]) {
  const rows = new TableBuilder();
  for (const id of ids) rows.add(`c ${id}`, cveRow({ severities: [], exploited: [{ by: source }] }));
  const about = { source, feed: "kev", records: ids.length, ecosystems: {} };
  return { table: writeTable(directory, rows, about), date: NOW, dateFrom: "content" } as const;
}

function exploitedBy(directory: string, id: string): readonly string[] {
  const database = openDatabase(directory, "2026-06-15");
  try {
    return (database.cve(id)?.exploited ?? []).map(({ by }) => by);
  } finally {
    database.close();
  }
}

describe("replacing sources", () => {
  test("replaces those of the same name, keeps the others, and removes what is named no more", async () => {
    const directory = temporaryDirectory();
    await replaceSources(
      directory,
      [list(directory, "kev", ["CVE-2026-0001"]), list(directory, "eu", ["CVE-2026-0001"])],
      { now: NOW },
    );
    expect(exploitedBy(directory, "CVE-2026-0001").toSorted()).toEqual(["eu", "kev"]);
    await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0002"])], { now: NOW });
    expect(exploitedBy(directory, "CVE-2026-0001")).toEqual(["eu"]);
    expect(exploitedBy(directory, "CVE-2026-0002")).toEqual(["kev"]);
    expect(readdirSync(join(directory, "tables"))).toHaveLength(2);
  });

  test("a table of format 1 has names as records write them, and is asked by them", async () => {
    const directory = temporaryDirectory();
    const table = (name: string, key: string, id: string) => {
      const rows = new TableBuilder();
      rows.add(key, `["${id}",[],[],"","","",0,[[""],[["SEMVER","i0"]],[],"",[]]]`);
      return {
        table: writeTable(directory, rows, { source: name, feed: "osv", records: 1, ecosystems: { Go: 1 } }),
        date: NOW,
        dateFrom: "content",
      } as const;
    };
    const old = table("osv:Go", "a Go github.com/Azure/foo", "GO-1");
    const bytes = readFileSync(old.table.path);
    writeFileSync(
      old.table.path,
      Buffer.concat([bytes.subarray(0, 8), Buffer.of(1, 0, 0, 0), bytes.subarray(12)]),
    );
    await replaceSources(directory, [old, table("own", "a Go github.com/azure/foo", "GO-2")], { now: NOW });
    const database = openDatabase(directory, "2026-06-15");
    const ids = (name: string) =>
      database
        .advisoriesOf("Go", name)
        .map(({ id }) => id)
        .toSorted();
    expect(ids("github.com/Azure/foo")).toEqual(["GO-1", "GO-2"]);
    expect(ids("github.com/azure/foo")).toEqual(["GO-2"]);
    database.close();
  });

  test("at once from several sides loses nothing", async () => {
    const directory = temporaryDirectory();
    const names = Array.from({ length: 12 }, (_, index) => `kev-${index}`);
    await Promise.all(
      names.map((name) =>
        replaceSources(directory, [list(directory, name, ["CVE-2026-0001"])], { now: NOW }),
      ),
    );
    expect(exploitedBy(directory, "CVE-2026-0001").toSorted()).toEqual(names.toSorted());
  });

  test("changes nothing of what is open", async () => {
    const directory = temporaryDirectory();
    await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0001"])], { now: NOW });
    const open = openDatabase(directory, "2026-06-15");
    await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0002"])], { now: NOW });
    expect([open.cve("CVE-2026-0001") !== undefined, open.cve("CVE-2026-0002")]).toEqual([true, undefined]);
    open.close();
  });

  test("leaves alone what another import is writing, and clears away what nobody is", async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, "tables"));
    const [young, old] = ["new-1-1", "new-2-1"].map((name) => join(directory, "tables", name));
    for (const path of [young, old]) writeFileSync(path ?? "", "half");
    utimesSync(old ?? "", 0, 0);
    writeFileSync(join(directory, "catalog.json.new-2"), "{");
    utimesSync(join(directory, "catalog.json.new-2"), 0, 0);
    await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0001"])], { now: NOW });
    expect(readdirSync(join(directory, "tables")).filter((name) => name.startsWith("new"))).toEqual([
      "new-1-1",
    ]);
    expect(readdirSync(directory).toSorted()).toEqual(["catalog.json", "tables"]);
  });
});

describe("a source that shrinks", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, at) => `CVE-2026-${1000 + at}`);

  test.each([
    [20, 10, true],
    [20, 9, false],
    [21, 10, false],
    [19, 1, true],
    [100, 100, true],
  ])("from %i records to %i: %s", async (before, after, isTaken) => {
    const directory = temporaryDirectory();
    await replaceSources(directory, [list(directory, "kev", ids(before))], { now: NOW });
    const replacing = replaceSources(directory, [list(directory, "kev", ids(after))], { now: NOW });
    const code = await replacing.then(
      () => "",
      (error: { readonly code: string }) => error.code,
    );
    expect(code).toBe(isTaken ? "" : "vulnerability-source-shrinks");
    expect(readCatalog(directory)?.sources.map(({ records }) => records)).toEqual([isTaken ? after : before]);
  });

  test("is replaced if that is meant, and another one is none of it", async () => {
    const directory = temporaryDirectory();
    await replaceSources(directory, [list(directory, "kev", ids(100))], { now: NOW });
    await replaceSources(directory, [list(directory, "eu", ids(1))], { now: NOW });
    await replaceSources(directory, [list(directory, "kev", ids(1))], { now: NOW, mayShrink: true });
    expect(readCatalog(directory)?.sources.map(({ name, records }) => `${name} ${records}`)).toEqual([
      "eu 1",
      "kev 1",
    ]);
  });
});

describe("sources of a mirror", () => {
  const mirror = { created: NOW };

  async function merged(signed: readonly string[]): Promise<readonly string[]> {
    const directory = temporaryDirectory();
    for (const index of signed)
      await mergeSources(directory, [], { mirror, signed: { index, signature: "s" } });
    return (readCatalog(directory)?.signed ?? []).map(({ index }) => index);
  }

  test("the newest four signed indices are kept, each once", async () => {
    expect(await merged(["a"])).toEqual(["a"]);
    expect(await merged(["a", "b", "c", "d"])).toEqual(["d", "c", "b", "a"]);
    expect(await merged(["a", "b", "c", "d", "e"])).toEqual(["e", "d", "c", "b"]);
    expect(await merged(["a", "b", "a"])).toEqual(["a", "b"]);
  });

  test("a signed index that is too long is not kept, and takes no other's place", async () => {
    const most = LIMITS.vulnerabilityCatalogBytes / 8;
    expect(await merged(["a", "x".repeat(most + 1)])).toEqual(["a"]);
    expect((await merged(["a", "x".repeat(most)])).map(({ length }) => length)).toEqual([most, 1]);
  });

  test("they replace those of their names, with the mirror's state, and keep signatures", async () => {
    const directory = temporaryDirectory();
    const { sources } = await replaceSources(
      directory,
      [list(directory, "kev", ["CVE-2026-0001"]), list(directory, "eu", ["CVE-2026-0001"])],
      { now: NOW },
    );
    const [eu, kev] = sources;
    if (eu === undefined || kev === undefined) throw new Error("two were imported");
    const offered = { ...kev, date: "2026-06-16T00:00:00.000Z" };
    const signed = { index: "a", signature: "s" };
    const catalog = await mergeSources(directory, [{ entry: offered }], { mirror, signed });
    expect(catalog).toEqual({ format: 2, sources: [eu, offered], mirror, signed: [signed] });
    expect(readCatalog(directory)).toEqual(catalog);
    const later = await mergeSources(directory, [{ entry: kev }], { mirror: { created: "later" } });
    expect([later.mirror, later.signed]).toEqual([{ created: "later" }, [signed]]);
  });

  test("what a server confirms is as current as its answer, and never older than before", async () => {
    const directory = temporaryDirectory();
    const url = "https://a.example/kev.json";
    await replaceSources(
      directory,
      [
        { ...list(directory, "kev", ["CVE-2026-0001"]), download: { url, etag: '"1"' } },
        { ...list(directory, "eu", ["CVE-2026-0001"]), download: { url: "https://a.example/eu.json" } },
      ],
      { now: NOW },
    );
    const dates = () =>
      readCatalog(directory)?.sources.map(({ name, date, dateFrom }) => [name, date, dateFrom]);
    expect((await redateSources(directory, url, "2026-06-14T00:00:00Z")).map(({ name }) => name)).toEqual([
      "kev",
    ]);
    expect(dates()).toEqual([
      ["eu", NOW, "content"],
      ["kev", NOW, "content"],
    ]);
    await redateSources(directory, url, "2026-06-16T00:00:00Z");
    expect(dates()).toEqual([
      ["eu", NOW, "content"],
      ["kev", "2026-06-16T00:00:00Z", "server"],
    ]);
  });

  test("downloads are kept for a week, and what is young is another run's", async () => {
    const directory = temporaryDirectory();
    const day = 24 * 60 * 60;
    const files = {
      "downloads/young": 6 * day,
      "downloads/old": 8 * day,
      "tables/new-1": 60 * 60,
      "tables/new-2": 3 * 60 * 60,
    };
    for (const folder of ["downloads", "tables"]) mkdirSync(join(directory, folder));
    for (const [name, age] of Object.entries(files)) {
      writeFileSync(join(directory, name), "");
      utimesSync(join(directory, name), Date.now() / 1_000 - age, Date.now() / 1_000 - age);
    }
    writeFileSync(join(directory, "tables", "unnamed"), "");
    await mergeSources(directory, [], { mirror });
    expect(readdirSync(join(directory, "downloads"))).toEqual(["young"]);
    expect(readdirSync(join(directory, "tables"))).toEqual(["new-1"]);
  });
});

describe("data that cannot be read", () => {
  const catalogOf = (text: string) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "catalog.json"), text);
    return directory;
  };

  test("are an error where nothing was ever imported", () => {
    expect(() => openDatabase(join(temporaryDirectory(), "none"), NOW)).toThrow("No vulnerability data in");
  });

  test.each([
    ["", "is damaged"],
    ["{}", "is damaged (format)"],
    ['{"format":1}', "is damaged (sources)"],
    ['{"format":1,"sources":[{"name":"kev"}]}', "is damaged (sources)"],
    ['{"format":3,"sources":[]}', "of format 3; this version of douane reads 1, 2"],
    [
      '{"format":1,"sources":[{"name":"kev","feed":"kev","records":1,"date":"","imported":"","ecosystems":{},"file":"../../etc/passwd","bytes":1,"sha256":"","content":""}]}',
      "is damaged (sources)",
    ],
  ])("as the catalogue %j are an error", (text, says) => {
    expect(() => openDatabase(catalogOf(text), NOW)).toThrow(says);
  });

  test("as a catalogue of more than vulnerabilityCatalogBytes are an error", () => {
    const text = " ".repeat(LIMITS.vulnerabilityCatalogBytes + 1);
    expect(() => readCatalog(catalogOf(text))).toThrow("is damaged");
  });

  test("since a table is gone are an error, never no advisory", async () => {
    const directory = temporaryDirectory();
    const { sources } = await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0001"])], {
      now: NOW,
    });
    const file = join(directory, "tables", sources[0]?.file ?? "");
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, -1));
    expect(() => openDatabase(directory, NOW)).toThrow("are damaged");
    writeFileSync(
      join(directory, "catalog.json"),
      JSON.stringify({
        format: 1,
        sources: [{ ...sources[0], sha256: "0".repeat(64), file: `${"0".repeat(64)}.table` }],
      }),
    );
    expect(() => openDatabase(directory, NOW)).toThrow("No vulnerability data in");
  });
});

describe("a lock", () => {
  test("is held by one at a time, in turn", async () => {
    const file = join(temporaryDirectory(), "lock");
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, () => locked(file, work)));
    expect([most, readdirSync(join(file, ".."))]).toEqual([1, []]);
  });

  test("that somebody keeps is waited for until the bound vulnerabilityLockMs, then told", async () => {
    const file = join(temporaryDirectory(), "lock");
    const waiting = locked(file, () => locked(file, async () => "never", { waitMs: 100 }));
    await expect(waiting).rejects.toMatchObject({
      code: "vulnerability-data-locked",
      exit: 69,
      message: expect.stringContaining(`process ${process.pid}`),
    });
  });

  test.each([
    ["of a process that is gone", { pid: 2 ** 22 + 1, started: "1" }],
    ["of a process whose identifier another has now", { pid: process.pid, started: "1" }],
  ])("%s is taken", async (_, holder) => {
    const file = join(temporaryDirectory(), "lock");
    let place = "";
    await locked(file, async () => {
      place = JSON.parse(readFileSync(file, "utf8")).place;
    });
    writeFileSync(file, JSON.stringify({ ...holder, place }));
    expect(await locked(file, async () => "taken", { waitMs: 2_000 })).toBe("taken");
  });

  test("of another machine is heeded while it is touched, and taken when it is not", async () => {
    const file = join(temporaryDirectory(), "lock");
    writeFileSync(file, JSON.stringify({ pid: 1, started: "1", place: "elsewhere" }));
    await expect(locked(file, async () => "taken", { waitMs: 100 })).rejects.toMatchObject({
      code: "vulnerability-data-locked",
    });
    utimesSync(file, 1, 1);
    expect(await locked(file, async () => "taken", { waitMs: 2_000 })).toBe("taken");
    writeFileSync(file, "no holder");
    utimesSync(file, 1, 1);
    expect(await locked(file, async () => "taken", { waitMs: 2_000 })).toBe("taken");
  });
});

test("what is old in the folder of the data and no part of them stays", async () => {
  const directory = temporaryDirectory();
  const old = new Date(Date.now() - 30 * 24 * 60 * 60 * 1_000);
  const names = ["notes.txt", "catalog.json.new-1", "catalog.json.new-2"];
  for (const name of names) writeFileSync(join(directory, name), "");
  for (const name of names.slice(0, 2)) utimesSync(join(directory, name), old, old);
  await replaceSources(directory, [list(directory, "kev", ["CVE-2026-0001"])], { now: NOW });
  expect(readdirSync(directory).filter((name) => names.includes(name))).toEqual([
    "catalog.json.new-2",
    "notes.txt",
  ]);
});
