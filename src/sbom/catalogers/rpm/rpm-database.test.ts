import { randomFillSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ndbDatabase, rpmHeader } from "../../../../test/fixtures/rpm/database.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { TAG } from "./header.ts";
import { KeptFile, TooLong } from "./kept-file.ts";
import { isRpmDatabase, isRpmLog, RpmDatabase } from "./rpm-database.ts";

const BASH = { [TAG.name]: "bash", [TAG.version]: "5.2", [TAG.release]: "3.el9" };

function read(bytes: Buffer): readonly PackageFacts[] {
  const database = new RpmDatabase(bytes.length);
  database.push(bytes, 0);
  const packages: PackageFacts[] = [];
  database.end(({ facts }) => packages.push(...facts));
  return packages;
}

describe("a package's header", () => {
  const stated = (values: Readonly<Record<number, string | number>>) =>
    read(ndbDatabase([rpmHeader(values)]));

  test("gives what it was built from, where that is something else", () => {
    const bash = { type: "rpm", name: "bash", version: "5.2-3.el9" };
    expect(stated(BASH)).toEqual([bash]);
    expect(stated({ ...BASH, [TAG.sourceRpm]: "bash-5.2-3.el9.src.rpm" })).toEqual([bash]);
    expect(stated({ ...BASH, [TAG.sourceRpm]: "bash-shell-5.2-4.el9.nosrc.rpm" })).toEqual([
      { ...bash, source: { name: "bash-shell", version: "5.2-4.el9" } },
    ]);
    for (const odd of ["(none)", "bash.src.rpm", "-1-2.src.rpm"]) {
      expect(stated({ ...BASH, [TAG.sourceRpm]: odd })).toEqual([bash]);
    }
  });

  test("of a key that rpm trusts is none's", () => {
    expect(stated({ ...BASH, [TAG.name]: "gpg-pubkey" })).toEqual([]);
  });

  test("says twice what was changed when it was installed: the last counts", () => {
    const header = rpmHeader({ ...BASH, 9_999: "zsh" });
    const entry = header.indexOf(Buffer.from([0, 0, 0x27, 0x0f]));
    header.writeUInt32BE(TAG.name, entry);
    expect(read(ndbDatabase([header]))).toMatchObject([{ name: "zsh" }]);
  });

  test("without a name, or of another length than it says, is damaged", () => {
    expect(() => stated({ [TAG.name]: "bash", [TAG.version]: "5" })).toThrow("no name");
    expect(() => read(ndbDatabase([rpmHeader(BASH).subarray(0, -1)]))).toThrow("another length");
    expect(() => stated({ ...BASH, [TAG.name]: 1 })).toThrow("no name");
    const beyond = rpmHeader(BASH);
    beyond.writeUInt32BE(1_000, 8 + 8);
    expect(() => read(ndbDatabase([beyond]))).toThrow("beyond the header");
  });
});

test("packages whose blocks overlap, or that no slot names, are damage", () => {
  const whole = ndbDatabase([rpmHeader(BASH), rpmHeader(BASH)]);
  const twice = Buffer.from(whole);
  twice.copyWithin(32 + 16 + 8, 32 + 8, 32 + 16);
  expect(() => read(twice)).toThrow("blocks of two packages");
  const lost = Buffer.from(whole);
  lost.writeUInt32LE(0, 32 + 4);
  expect(() => read(lost)).toThrow("without a slot");
  const other = Buffer.from(whole);
  other.writeUInt32LE(1, 4);
  expect(() => read(other)).toThrow("another version");
});

describe("a package in rpm's own format is damaged", () => {
  const whole = ndbDatabase([rpmHeader(BASH), rpmHeader({ ...BASH, [TAG.name]: "zsh" })]);
  const blob = whole.indexOf("BlbS");
  const end = whole.indexOf("BlbE");

  test.each<[string, number, string | number, string]>([
    ["the mark of a slot", 32, "Slox", "no slot"],
    ["the mark of a free slot", 4_096 - 16, "Slox", "no slot"],
    ["a slot's length", 32 + 12, 1, "no package"],
    ["a slot's number", 32 + 4, 7, "damaged"],
    ["the mark at its beginning", blob, "BlbX", "no package"],
    ["its number", blob + 4, 7, "damaged"],
    ["its length at its beginning", blob + 12, 1, "damaged"],
    ["a byte of its content", blob + 20, 0xff, "damaged"],
    ["its checksum", end - 8, 1, "damaged"],
    ["its length at its end", end - 4, 1, "damaged"],
    ["the mark at its end", end, "BlbX", "damaged"],
    ["the size of the slots", 12, 1_000, "slots are missing"],
  ])("where %s is another", (_, at, value, why) => {
    const bytes = Buffer.from(whole);
    if (typeof value === "number") bytes.writeUInt32LE(value, at);
    else bytes.write(value, at, "latin1");
    expect(() => read(bytes)).toThrow(why);
  });

  test("where it is longer than its block", () => {
    const bytes = Buffer.from(whole);
    const length = (end + 4 - blob) >>> 0;
    bytes.writeUInt32LE(length, blob + 12);
    bytes.writeUInt32LE(length, end - 4);
    expect(() => read(bytes)).toThrow("damaged");
  });

  test("and whole with both packages, and with free space of other content", () => {
    expect(read(whole).map(({ name }) => name)).toEqual(["bash", "zsh"]);
    const rest = Buffer.alloc(70_000, "x");
    expect(read(Buffer.concat([whole, rest])).map(({ name }) => name)).toEqual(["bash", "zsh"]);
    // A mark at a block's beginning is a package that was lost; elsewhere it is content.
    rest.write("BlbS", 69_000 - (69_000 % 16) + 3);
    expect(read(Buffer.concat([whole, rest]))).toHaveLength(2);
    rest.write("BlbS", 69_000 - (69_000 % 16));
    expect(() => read(Buffer.concat([whole, rest]))).toThrow("without a slot");
  });
});

describe("what a header states beside its name", () => {
  const stated = (values: Readonly<Record<number, string | number | readonly string[]>>) =>
    read(ndbDatabase([rpmHeader({ ...BASH, ...values })]))[0];
  const bash = { type: "rpm", name: "bash", version: "5.2-3.el9" };

  test.each([
    ["an epoch", { [TAG.epoch]: 0 }, { version: "0:5.2-3.el9" }],
    ["an architecture", { [TAG.architecture]: "x86_64" }, { architecture: "x86_64" }],
    ["a licence", { [TAG.license]: "GPL-3.0-or-later" }, { licenses: ["GPL-3.0-or-later"] }],
    ["a vendor", { [TAG.vendor]: "Red Hat, Inc." }, { supplier: "Red Hat, Inc." }],
    ["a module", { [TAG.modularityLabel]: "shells:1" }, { qualifiers: { rpmmod: "shells:1" } }],
    ["empty texts", { [TAG.license]: "", [TAG.vendor]: "", [TAG.modularityLabel]: "" }, {}],
    ["the first of several texts", { [TAG.license]: ["MIT", "ISC"] }, { licenses: ["MIT"] }],
    ["an epoch that is a text", { [TAG.epoch]: "1" }, {}],
    ["a licence that is a number", { [TAG.license]: 1 }, {}],
  ])("%s", (_, values, facts) => {
    expect(stated(values)).toEqual({ ...bash, ...facts });
  });

  function filesOf(values: Parameters<typeof rpmHeader>[0]): readonly string[] {
    const bytes = ndbDatabase([rpmHeader({ ...BASH, ...values })]);
    const database = new RpmDatabase(bytes.length);
    database.push(bytes, 0);
    const files: string[] = [];
    database.end((one) => files.push(...one.files));
    return files;
  }

  test("its files, by folder and name, or whole as older versions wrote them", () => {
    expect(
      filesOf({
        [TAG.baseNames]: ["bash", "sh", "README"],
        [TAG.directoryIndexes]: [0, 0, 1],
        [TAG.directoryNames]: ["/usr/bin/", "/usr/share/doc/"],
      }),
    ).toEqual(["/usr/bin/bash", "/usr/bin/sh", "/usr/share/doc/README"]);
    expect(filesOf({ [TAG.oldFileNames]: ["/bin/bash", "/bin/sh"] })).toEqual(["/bin/bash", "/bin/sh"]);
    expect(filesOf({})).toEqual([]);
  });

  test("files without a folder are damage", () => {
    const names = { [TAG.baseNames]: ["a", "b"], [TAG.directoryNames]: ["/"] };
    expect(() => filesOf(names)).toThrow("not there");
    expect(() => filesOf({ ...names, [TAG.directoryIndexes]: [0] })).toThrow("not there");
    expect(() => filesOf({ ...names, [TAG.directoryIndexes]: [0, 1] })).toThrow("no directory");
  });
});

test("what is no database of rpm is said to be none", () => {
  for (const bytes of [
    Buffer.alloc(100),
    Buffer.from("x"),
    Buffer.concat([Buffer.alloc(8), ndbDatabase([rpmHeader(BASH)])]),
    Buffer.concat([Buffer.alloc(8), Buffer.from("SQLite format 3\0")]),
    Buffer.from("SQLite format 3\0".padEnd(4_096, "\0")),
  ]) {
    expect(() => read(bytes)).toThrow(/no database of rpm|no size of a page/);
  }
});

test.each([
  ["/var/lib/rpm/rpmdb.sqlite", true],
  ["/usr/lib/sysimage/rpm/Packages.db", true],
  ["/usr/share/rpm/Packages", true],
  ["/app/var/lib/rpm/Packages", true],
  ["/app/rpm/Packages", false],
  ["/var/lib/rpm/Name", false],
])("%s is where rpm has its packages: %s", (path, is) => {
  expect(isRpmDatabase(path)).toBe(is);
  expect(isRpmLog(`${path}-wal`)).toBe(is && path.endsWith(".sqlite"));
});

describe("a file that is kept", () => {
  const bytes = Buffer.alloc(9 * 1024 ** 2, "0123456789abcdef-");

  test("is read at any place, with zeros where it had holes", () => {
    const file = new KeptFile(bytes.length + 300_000);
    for (let at = 0; at < bytes.length; at += 100_001) file.push(bytes.subarray(at, at + 100_001), at);
    file.push(Buffer.from("end"), bytes.length + 299_997);
    file.end();
    for (const [from, length] of [
      [0, 10],
      [65_530, 140_000],
      [8_500_000, 900_000],
      [8_388_608, 65_536],
    ] as const) {
      const expected = Buffer.concat([bytes.subarray(from, from + length), Buffer.alloc(length)]).subarray(
        0,
        length,
      );
      expect(file.read(from, length).equals(expected)).toBe(true);
    }
    expect(file.read(bytes.length + 200_000, 65_536).every((byte) => byte === 0)).toBe(true);
    expect(file.read(bytes.length + 299_990, 10).toString()).toBe("\0\0\0\0\0\0\0end");
    expect(() => file.read(bytes.length, 300_001)).toThrow("beyond the end");
  });

  test("takes no more memory than it may: a bound packageDatabaseMemoryBytes of 9 MiB", () => {
    const size = 12 * 1024 ** 2;
    const keep = (piece: Buffer) => {
      const file = new KeptFile(size, 9 * 1024 ** 2);
      for (let at = 0; at < size; at += piece.length) file.push(piece, at);
      file.end();
    };
    expect(() => keep(randomFillSync(Buffer.alloc(65_536)))).toThrow(TooLong);
    expect(() => keep(Buffer.alloc(65_536, "ab"))).not.toThrow();
  });

  test("takes exactly what it may", () => {
    const keep = (most: number) => {
      const file = new KeptFile(65_536, most);
      file.push(randomFillSync(Buffer.alloc(65_536)), 0);
      file.end();
    };
    expect(() => keep(65_536)).not.toThrow();
    expect(() => keep(65_535)).toThrow(TooLong);
  });
});

test("a database longer than LIMITS.packageDatabaseBytes is not read", () => {
  const database = new RpmDatabase(LIMITS.packageDatabaseBytes + 1);
  database.push(Buffer.alloc(10), 0);
  expect(database.end(() => undefined)).toBe(false);
});
