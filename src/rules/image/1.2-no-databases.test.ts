import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import {
  digestOf,
  type FileSketch,
  type ImageSketch,
  imageFacts,
  VERIFIED_BASE,
} from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import type { DatabaseFacts } from "../../contract/image-facts.ts";
import { noDatabases } from "./1.2-no-databases.ts";
import { DATABASE_FORMATS } from "./database-files.ts";

const SQLITE = "SQLite format 3\u0000";

function check(...files: readonly FileSketch[]) {
  return checkRule(noDatabases, {
    image: imageFacts({
      files: files.map((file) => ({ layer: 1, ...file })),
      layers: [{}, {}],
      facts: { base: VERIFIED_BASE },
    }),
  });
}

describe("refused: a database in a layer", () => {
  test.each([
    ["/app/db.sqlite3", SQLITE, "SQLite"],
    ["/usr/src/app/db.sqlite3", SQLITE, "SQLite"],
    ["/app/data/prod.db", SQLITE, "SQLite"],
    ["/var/lib/postgresql/data/global/pg_control", undefined, "PostgreSQL"],
    ["/var/lib/mysql/ibdata1", undefined, "MySQL"],
    ["/data/db/WiredTiger.wt", undefined, "MongoDB"],
    ["/data/dump.rdb", "REDIS0011", "Redis"],
    ["/data/appendonly.aof", "*2\r\n$6\r\nSELECT", "Redis"],
    ["/data/appendonlydir/appendonly.aof.1.incr.aof", "*2\r\n", "Redis"],
    ["/app/level/CURRENT", "MANIFEST-000004\n", "LevelDB"],
    ["/app/h2/app.mv.db", "H:2,block:3", "H2"],
    ["/tmp/sess_a9f8b7c6d5e4f3a2b1c0d9e8f7", 'user|s:5:"admin";', "PHP session in"],
    [`/app/storage/framework/sessions/${"9xKq2LmPt3".repeat(4)}`, "a:3:{s:6:", "Laravel session in"],
    ["/app/sessions/sess_4f3a9c1d2e", 'user|s:5:"alice";login|i:1700000000;', "PHP session in"],
    ["/app/sessions/sess_alice", 'a:1:{s:4:"user";s:5:"alice";}', "PHP session in"],
    ["/app/cache/ci_session4f3a9c1d2e", "__ci_last_regenerate|i:1700000000;", "PHP session in"],
    ["/app/mail/cur/1700000000.M1P2.host:2,S", "Return-Path: <a@corp.fr>\n", "message of a mailbox"],
    ["/app/mail/new/1700000000.M1P2.host", "Received: by x\n", "message of a mailbox"],
    ["/prometheus/wal/00000000", "\u0000\u0000", "Prometheus write-ahead log in"],
    ["/prometheus/wal/checkpoint.00000004/00000000", "\u0001\u0000", "Prometheus write-ahead log in"],
  ])("%s", (path, content, database) => {
    expect(check({ path, ...(content === undefined ? {} : { content }) })).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(database) }, at: { path, layer: digestOf(2) } }],
    });
  });

  test("also one that a later layer deletes, and says so", () => {
    expect(check({ path: "/app/db.sqlite3", content: SQLITE, hidden: true })).toMatchObject({
      findings: [{ message: { en: expect.stringContaining("still in the image") } }],
    });
  });
});

test("refused: also in a layer that only seems to be the base's", () => {
  const files = [{ path: "/data/app.sqlite", content: SQLITE }];
  const image = imageFacts({ files, layers: [{ base: true }, {}] });
  expect(checkRule(noDatabases, { image }).status).toBe("fail");
});

test.each([
  ["/app/storage/framework/sessions/.gitignore", "*\n!.gitignore\n"],
  [`/app/storage/framework/sessions/${"9xKq2LmPt3".repeat(4)}`, ""],
  ["/tmp/sess_a9f8b7c6d5e4f3a2b1c0d9e8f7", "not a session\n"],
  ["/app/sess_view.php", "<?php"],
  ["/app/sess_notes", "name|surname\n"],
  ["/app/sess_help", "a|b: the separator of the file\n"],
  ["/app/new/1700000000.csv", "1;2;3\n"],
  ["/app/new/1700000000.txt", "A message without a header\n"],
  ["/app/wal/00000000", "20 lines of text\n"],
  ["/app/wal/README", "\u0000"],
])("trap: no state, %s", (path, content) => {
  expect(check({ path, content })).toMatchObject({ status: "pass" });
});

test.each([
  ["Java (heap dump)", "heap dump of a JVM"],
  ["ELF (core dump)", "core dump of a process"],
  ["Lucene", "Lucene index in"],
  ["mbox", "mailbox (mbox) in"],
])("refused: %s, by content", (format, says) => {
  const databases = asMasked<readonly DatabaseFacts[]>([{ path: "/app/x", layer: 1, format }]);
  const image = imageFacts({ layers: [{}, {}], facts: { databases } });
  expect(checkRule(noDatabases, { image })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: expect.stringContaining(says) } }],
  });
});

describe("traps: databases of the system and of dependencies", () => {
  test.each([
    "/var/lib/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/var/lib/dnf/history.sqlite",
    "/var/cache/man/index.db",
    "/etc/pki/nssdb/cert9.db",
    "/home/app/.pki/nssdb/key4.db",
    "/usr/share/proj/proj.db",
    "/usr/local/lib/python3.12/test/x.db",
    "/app/node_modules/x/test.sqlite",
    "/usr/lib/python3/dist-packages/x/a.sqlite3",
    "/app/vendor/bundle/gems/x/a.db",
    "/nix/var/nix/db/db.sqlite",
    "/root/.cache/x/cache.db",
  ])("%s", (path) => {
    expect(check({ path, content: SQLITE })).toMatchObject({ status: "pass", notes: [] });
  });

  test.each([
    ["/var/lib/rpm/Packages.db", "\u0000\u0000"],
    ["/app/thumbs.db", "\ufffd\ufffd"],
    ["/app/empty.sqlite", undefined],
    ["/usr/share/GeoIP/x.mmdb", undefined],
    ["/app/GeoLite2-City.mmdb", undefined],
    ["/app/CURRENT", "1.2.3"],
    ["/srv/pg_control", undefined],
    ["/app/x.rdb", "text"],
  ])("trap: %s is no database", (path, content) => {
    const outcome = check({ path, ...(content === undefined ? {} : { content }) });
    expect(outcome).toMatchObject({ status: "pass", notes: [] });
  });

  test("nor is a directory or an empty file of such a name", () => {
    expect(check({ path: "/a/ibdata1", type: "directory" }, { path: "/b/ibdata1", size: 0 })).toMatchObject({
      status: "pass",
      notes: [],
    });
  });
});

describe("noted only", () => {
  test.each([
    ["in a base image that was verified", { path: "/opt2/x.sqlite", content: SQLITE, layer: 0 }],
    ["a test fixture", { path: "/app/tests/fixtures/x.sqlite", content: SQLITE }],
    ["LMDB, which models are shipped in", { path: "/app/model/data.mdb" }],
  ])("%s", (_, file) => {
    const outcome = check(file);
    expect(outcome.status).toBe("pass");
    expect(outcome.notes).toHaveLength(1);
  });
});

describe("by content, wherever it lies", () => {
  const found = (database: Partial<DatabaseFacts>, sketch: ImageSketch = {}) => {
    const databases = [{ format: "SQLite", path: "/app/x.png", layer: 0, ...database }];
    return checkRule(noDatabases, { image: imageFacts({ ...sketch, facts: { databases } }) });
  };

  test.each<[string, Partial<DatabaseFacts>]>([
    ["/app/x.png", {}],
    ["/app/a.jar!/b/c", { path: "/app/a.jar", inside: "b/c" }],
    ["/app/dump.sql", { path: "/app/dump.sql", isScript: true }],
    ["/app/migrations/app.db", { path: "/app/migrations/app.db" }],
  ])("refused: %s", (path, database) => {
    expect(found(database)).toMatchObject({ status: "fail", findings: [{ at: { path } }] });
  });

  test.each<[string, Partial<DatabaseFacts>]>([
    ["read only", { isRead: true }],
    ["a migration", { path: "/app/migrations/1.sql", isScript: true }],
    ["a numbered migration", { path: "/app/a.jar", inside: "V1_2__init.sql", isScript: true }],
    ["a fixture", { path: "/app/tests/a" }],
  ])("noted: %s", (_, database) => {
    const outcome = found(database);
    expect(outcome.status).toBe("pass");
    expect(outcome.notes).toHaveLength(1);
  });

  test.each(["/var/lib/rpm/rpmdb.sqlite", "/var/cache/man/fr/index.db", "/app/node_modules/x/test.sqlite"])(
    "trap: %s of the system, or of a dependency, is silent",
    (path) => {
      expect(found({ path })).toMatchObject({ status: "pass", notes: [] });
    },
  );

  test("a file that is one by its name, too, is told once", () => {
    const path = "/app/a.sqlite";
    const outcome = found({ path, hidden: true }, { files: [{ path, content: SQLITE }] });
    expect(outcome).toMatchObject({ status: "fail", findings: { length: 1 } });
  });

  test("evidence in which they were not looked for proves nothing", () => {
    const { databases: _, ...older } = imageFacts();
    expect(noDatabases.check({ image: asMasked(older) }).status).toBe("unproven");
  });
});

test("a clean image passes, and the proof counts the layers that were read", () => {
  const image = imageFacts({ layers: [{}, { unread: { fr: "foreign", en: "foreign" } }, {}] });
  expect(checkRule(noDatabases, { image })).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("2 layers read") },
  });
});

test.each([
  ["/app/a.sqlite", SQLITE],
  ["/app/a.db3", SQLITE],
  ["/data/dump.rdb", "REDIS0009"],
  ["/data/appendonly.aof", "REDIS0011"],
  ["/data/x/CURRENT", "MANIFEST-000004"],
  ["/data/x/CURRENT", "MANIFEST-1234567\n"],
  ["/data/global/pg_control", "x"],
])("refused: %s that begins with %j", (path, content) => {
  expect(check({ path, content }).status).toBe("fail");
});

test.each([
  ["/app/a.sqlite", "SQLite format 2\u0000"],
  ["/app/a.sqlitex", SQLITE],
  ["/data/xglobal/pg_control", "x"],
  ["/data/ibdata2", "x"],
  ["/data/WiredTiger", "x"],
  ["/data/dump.rdb", "xREDIS0009"],
  ["/data/appendonly.aof", "x*"],
  ["/data/appendonly.txt", "*"],
  ["/data/myappendonly.aof", "*"],
  ["/data/appendonly/x.aof", "*"],
  ["/data/appendonly.aof.tmp", "*"],
  ["/data/x/CURRENT", "MANIFEST-00004\n"],
  ["/data/x/CURRENT", "xMANIFEST-000004\n"],
  ["/data/x/CURRENT", "MANIFEST-000004\n\n"],
  ["/data/x/CURRENT", "MANIFEST-00000x\n"],
  ["/app/a.mv.db", "H:3,"],
])("trap: %s that begins with %j", (path, content) => {
  expect(check({ path, content })).toMatchObject({ status: "pass", notes: [] });
});

test("every format is looked for in each layer, whose files alone count", () => {
  for (const { selector } of DATABASE_FORMATS)
    expect(selector).toMatchObject({ type: "file", scope: "layers" });
});
