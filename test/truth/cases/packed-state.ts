// Row 7: databases recognised by content, and environment settings or state in archives of the application.

import { gzipSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import { noise } from "../../fixtures/secrets.ts";
import { type ZipEntry, zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import type { LayerFiles } from "../given/given.ts";
import { image, imageOf } from "../given/image.ts";

const STATE = "1.2: no persistent state in the image; its content is a database's, whatever it is called.";
const CONFIG = "1.4: what varies by environment is no part of the image, nor of an archive in it.";
const MODULE =
  "1.4: Spring reads it from any jar of the class path, and no published library brings one (ADR 0120).";

function holds(name: string, files: LayerFiles, why = STATE): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "no" }, why };
}

function trap(name: string, files: LayerFiles, why: string): Case {
  return { name, given: image({ files }), expect: { "no-baked-state": "yes" }, trap: true, why };
}

/** A first page with this table. */
function sqlite(table = "CREATE TABLE dossiers (id integer)"): Buffer {
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3\0", 0, "latin1");
  page.writeUInt16BE(4096, 16);
  page.write(table, 3000, "latin1");
  return page;
}

function at(offset: number, bytes: string): Buffer {
  return Buffer.concat([Buffer.alloc(offset), Buffer.from(bytes, "latin1"), Buffer.alloc(4096)]);
}

const REMOTE = "spring:\n  datasource:\n    url: jdbc:postgresql://pg.prod.aides-interne.fr:5432/aides\n";
const TILES =
  "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)";
const pgDump = (data: string) => `--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n${data}`;
const ROWS = "COPY public.dossiers (id, nom) FROM stdin;\n1\tDurand\n\\.\n";
const jar = (name: string, content: ZipEntry["content"]) => ({ "app/app.jar": zipOf([{ name, content }]) });
const tgz = (path: string, content: string | Uint8Array) => gzipSync(writeTar([{ path, content }]));

export const cases: Cases = [
  ...[
    ["coverage.py's data", "app/.coverage", "CREATE TABLE coverage_schema (\n    version integer\n)"],
    ["mypy's cache", "app/.mypy_cache/3.13/cache.db", "CREATE TABLE files2 (\n    path TEXT UNIQUE NOT NULL"],
    ["Deno's cache", "app/.cache/deno/check_cache_v1", "CREATE TABLE checkcacheinfo (check_hash TEXT)"],
  ].map(([name = "", path = "", table]) =>
    trap(
      name,
      { [path]: sqlite(table) },
      "What a tool keeps to report or to be faster: no state of the application.",
    ),
  ),
  holds("a database that is called .coverage", { "app/.coverage": sqlite() }),
  holds("a database in a cache's folder", { "app/.mypy_cache/cache.db": sqlite() }),
  holds("SQLite under a name that says nothing", { "app/data/cache.bin": sqlite() }),
  holds("SQLite in a picture's name", { "app/static/logo.png": sqlite() }),
  holds("SQLite, gzipped", { "app/data/seed.gz": gzipSync(sqlite()) }),
  holds("SQLite in a tar.gz", { "srv/sauvegarde.tar.gz": tgz("data/base", sqlite()) }),
  holds("SQLite in a jar's resources", jar("BOOT-INF/classes/base.dat", sqlite())),
  holds("SQLite in a web root", { "usr/share/nginx/html/x.bin": sqlite() }),
  holds("a table of tiles that is the application's", { "app/x": sqlite("CREATE TABLE tiles (id integer)") }),
  holds("a dump of pg_dump in its own format", { "app/a": Buffer.from("PGDMP\x01\x0e\0\x04\x08") }),
  holds("a dump of pg_dump, gzipped", { "app/seed.sql.gz": gzipSync(pgDump(ROWS)) }),
  holds("a dump of pg_dump in SQL", { "app/export.sql": pgDump(`${"-- \n".repeat(9_000)}${ROWS}`) }),
  holds("a dump of mysqldump", {
    "app/donnees.txt": "-- MySQL dump 10.13  Distrib 8.0\nINSERT INTO `a` VALUES (1);\n",
  }),
  holds("a dump of MariaDB, with its comment on sandboxes", {
    "srv/d":
      "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\nINSERT INTO `a` VALUES (1);\n",
  }),
  holds("a dump of sqlite3", {
    "app/x.txt":
      "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a(b);\nINSERT INTO a VALUES(1);\n",
  }),
  holds("a cluster of PostgreSQL by its databases", {
    "var/lib/postgresql/data/PG_VERSION": "16\n",
    "var/lib/postgresql/data/base/1/PG_VERSION": "16\n",
  }),
  holds("a cluster of PostgreSQL in an archive", { "srv/pgdata.tgz": tgz("data/global/pg_control", "x") }),
  holds("a table of InnoDB", { "srv/data/aides/dossiers.ibd": at(24, "\0\x08") }),
  holds("a table of MyISAM", { "srv/x": Buffer.from("\xfe\xfe\x07\x01\0\0\0\0", "latin1") }),
  holds("LevelDB", { "app/store/CURRENT": "MANIFEST-000004\n" }),
  holds("bbolt under any name", { "app/state/x": at(16, "\xed\xda\x0c\xed\x02\0\0\0") }),
  holds("a collection of WiredTiger", { "srv/c": Buffer.from("\x41\xd8\x01\0\x01\0\0\0\0", "latin1") }),
  holds("a collection of mongodump", {
    "srv/x": Buffer.from("\x16\0\0\0\x07_id\x00123456789abc\0", "latin1"),
  }),
  holds("a dump of Redis under any name", { "srv/etat": "REDIS0011\xfa\x09redis-ver" }),
  holds("a store of H2 under any name", { "srv/h2": "H:2,block:3,blockSize:1000\n" }),
  holds("DuckDB", { "app/x.dat": at(8, "DUCK") }),
  holds("a topic of Kafka", { "srv/t-0/00000000000000000000.log": "x" }),
  trap("map tiles", { "app/fond.mbtiles": sqlite(TILES) }, "They are only read."),
  trap("GeoIP", { "app/GeoLite2-City.mmdb": at(0, "\xab\xcd\xefMaxMind.com") }, "It is only read."),
  ...(
    [
      ["a password where rpm installs", "usr/share/portail/config.yml", "unproven"],
      [
        "a password in a folder of Python's where rpm installs",
        "usr/lib/python3.12/site-packages/x/conf.ini",
        "unproven",
      ],
      ["a password of the application's beside rpm's database", "opt/portail/config.yml", "no"],
      ["a password in /usr/local beside rpm's database", "usr/local/share/portail/config.yml", "no"],
    ] as const
  ).map(
    ([name, path, answer]): Case => ({
      name,
      given: image({
        files: { "var/lib/rpm/rpmdb.sqlite": sqlite(), [path]: "db:\n  password: Xk29vLqPz7Rt\n" },
      }),
      expect: { "no-baked-state": answer },
      why: "A package may have brought it, or not: rpm's database would tell, and is not read.",
    }),
  ),
  trap(
    "settings without a password where rpm installs",
    {
      "var/lib/rpm/rpmdb.sqlite": sqlite(),
      "usr/share/portail/config.yml": "db:\n  password: ${DB_PASSWORD}\n",
    },
    "Nothing in it is a secret.",
  ),
  trap("rpm's database", { "var/lib/rpm/rpmdb.sqlite": sqlite() }, "The system's own."),
  trap("certificates of NSS", { "etc/pki/nssdb/cert9.db": sqlite() }, "The system's own."),
  trap("a package's own data", { "usr/share/proj/proj.db": sqlite() }, "The system's own."),
  trap("a database of a dependency's tests", { "app/node_modules/x/test/a": sqlite() }, "A dependency's."),
  trap("a test's database", { "app/tests/fixtures/a": sqlite() }, "Of tests: a note."),
  trap(
    "a library's database in a fat jar",
    jar("BOOT-INF/lib/x.jar", zipOf([{ name: "a", content: sqlite() }])),
    "A dependency's.",
  ),
  trap(
    "a dump of the schema alone",
    { "app/init.sql": pgDump("CREATE TABLE a (id int);\n") },
    "It holds no row.",
  ),
  trap(
    "a schema as Rails dumps it",
    { "app/db/structure.sql": pgDump("INSERT INTO schema_migrations (version) VALUES ('1');\n") },
    "It makes the database elsewhere.",
  ),
  trap(
    "a migration that began as a dump",
    { "app/db/migration/V1__init.sql": pgDump("INSERT INTO roles VALUES (1);\n") },
    "It makes the database elsewhere.",
  ),
  trap(
    "SQL that a person wrote",
    { "app/req.sql": "-- les dossiers\nINSERT INTO a VALUES (1);\n" },
    "No dump.",
  ),
  trap("a version of PostgreSQL", { "app/PG_VERSION": "16\n" }, "A file of this name alone."),

  holds("application-prod.yml in a fat jar", jar("BOOT-INF/classes/application-prod.yml", REMOTE), CONFIG),
  holds(
    "application-prod.properties in a war",
    {
      "app/app.war": zipOf([
        {
          name: "WEB-INF/classes/application-prod.properties",
          content: "api.url=https://api.prod.aides-interne.fr\n",
        },
      ]),
    },
    CONFIG,
  ),
  holds(
    "a .env in a tar.gz",
    { "srv/app.tar.gz": tgz("app/.env", "API_HOST=api.aides-interne.fr\n") },
    CONFIG,
  ),
  holds(
    "a .env.production that is gzipped",
    {
      "srv/.env.production.gz": gzipSync("API_URL=https://api.aides-interne.fr\n"),
    },
    CONFIG,
  ),
  holds(
    "a setting of production in a zip",
    {
      "app/x.zip": zipOf([
        { name: "config/production.json", content: '{"url":"https://api.aides-interne.fr"}' },
      ]),
    },
    CONFIG,
  ),
  holds(
    "the same in a zip in a picture's name",
    {
      "app/x.png": zipOf([
        { name: "config/production.json", content: '{"url":"https://api.aides-interne.fr"}' },
      ]),
    },
    CONFIG,
  ),
  holds(
    "application-prod.yml in a war in a tar.gz",
    {
      "srv/livraison.tar.gz": tgz(
        "a/app.war",
        zipOf([{ name: "WEB-INF/classes/application-prod.yml", content: REMOTE }]),
      ),
    },
    CONFIG,
  ),
  holds(
    "a module's application-prod.yml in a fat jar in a tar.gz",
    {
      "srv/livraison.tar.gz": tgz(
        "a/app.jar",
        zipOf([
          { name: "BOOT-INF/lib/x.jar", content: zipOf([{ name: "application-prod.yml", content: REMOTE }]) },
        ]),
      ),
    },
    MODULE,
  ),
  {
    name: "a fat jar that a later layer deletes",
    given: image({
      from: imageOf({ files: jar("BOOT-INF/classes/application-prod.yml", REMOTE) }),
      files: { "app/.wh.app.jar": "" },
    }),
    expect: { "no-baked-state": "no" },
    why: CONFIG,
  },
  trap(
    "application.yml with references in a fat jar",
    jar("BOOT-INF/classes/application.yml", "url: ${DB_URL}\n"),
    "Injected.",
  ),
  trap(
    "application-prod.yml with references in a fat jar",
    jar("BOOT-INF/classes/application-prod.yml", "url: ${DB_URL}\nname: x\n"),
    "Injected.",
  ),
  holds(
    "a module's application-prod.yml in a fat jar",
    jar("BOOT-INF/lib/x.jar", zipOf([{ name: "application-prod.yml", content: REMOTE }])),
    MODULE,
  ),
  trap(
    "a .env.example in a tar.gz",
    { "srv/a.tgz": tgz("app/.env.example", "A=https://api.aides.fr\n") },
    "To be read.",
  ),
  trap(
    "a package's archive",
    {
      "app/node_modules/x/a.zip": zipOf([
        { name: "config/production.json", content: '{"url":"https://a.aides.fr"}' },
      ]),
    },
    "Design, row 7: outside dependency trees.",
  ),
  trap("a log of a name that is not Kafka's", { "srv/2024.txt": noise(40) }, "No state."),
  ...[
    ["json-server", "db.json"],
    ["node", "node_modules/.bin/json-server", "--host", "0.0.0.0", "db.json"],
    ["npx", "json-server", "--routes", "routes.json", "data/portail.json"],
    ["sh", "-c", "exec json-server --watch db.json"],
  ].map((Cmd) => ({
    name: `a file served as a database: ${Cmd.join(" ")}`,
    given: image({ files: { "app/db.json": '{"posts":[{"id":1}]}' }, config: { Cmd } }),
    expect: { "no-baked-state": "no" as const },
    why: "1.2: json-server writes each change to the file that it serves, in the image.",
  })),
  ...[
    ["json-server", "--ro", "db.json"],
    ["json-server", "/tmp/db.json"],
    ["json-server", "generate.js"],
    ["node", "server.js", "db.json"],
  ].map((Cmd) => ({
    name: `no file served as a database: ${Cmd.join(" ")}`,
    given: image({ files: { "app/db.json": '{"posts":[{"id":1}]}' }, config: { Cmd } }),
    expect: { "no-baked-state": "yes" as const },
    trap: true as const,
    why: "Only read, made in memory, in /tmp, or given to a program that may only read it.",
  })),
];
