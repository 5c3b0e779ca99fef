/**
 * Format of a content by its first bytes: a database, or an SQL dump, which may contain rows or only a
 * schema.
 */
export interface DatabaseFormat {
  /** Name for users. */
  readonly name: string;
  /** Set if the format is SQL text, which counts as a database only if it contains rows. */
  readonly isDump?: true;
  /** Set if the tables are those of a data set that is only read. */
  readonly isRead?: true;
}

/** Bytes from the beginning that identify every format: SQLite's first page names its tables. */
export const DATABASE_HEAD_BYTES = 4_096;

interface Magic {
  readonly name: string;
  readonly at?: number;
  /** Magic number, as Latin-1. */
  readonly bytes: string;
}

/**
 * Magic numbers, from the formats' documentation: SQLite's file format 1.3, pg_dump's archiver, RDB,
 * MVStore's header, Lucene's codec header, HPROF, WiredTiger's block manager, bbolt's and LMDB's meta page (after a page header), DuckDB,
 * Jet, TSM, ZooKeeper's snapshot, MyISAM's index, mongodump's archive.
 */
const MAGICS: readonly Magic[] = [
  { name: "SQLite", bytes: "SQLite format 3\0" },
  { name: "PostgreSQL (pg_dump)", bytes: "PGDMP\x01" },
  { name: "Redis (RDB)", bytes: "REDIS00" },
  { name: "H2", bytes: "H:2,block:" },
  { name: "H2", bytes: "-- H2 0.5/B --" },
  { name: "MongoDB (WiredTiger)", bytes: "\x41\xd8\x01\0\x01\0\0\0" },
  { name: "MongoDB (mongodump)", bytes: "\x6d\xe2\x99\x81" },
  { name: "bbolt", at: 16, bytes: "\xed\xda\x0c\xed\x02\0\0\0" },
  { name: "DuckDB", at: 8, bytes: "DUCK" },
  { name: "Microsoft Access", bytes: "\0\x01\0\0Standard Jet DB\0" },
  { name: "Microsoft Access", bytes: "\0\x01\0\0Standard ACE DB\0" },
  { name: "InfluxDB (TSM)", bytes: "\x16\xd1\x16\xd1\x01" },
  { name: "ZooKeeper", bytes: "ZKSN\0\0\0\x02" },
  { name: "MySQL/MariaDB (MyISAM)", bytes: "\xfe\xfe\x07\x01" },
  { name: "Lucene", bytes: "\x3f\xd7\x6c\x17\x08segments" },
  { name: "Java (heap dump)", bytes: "JAVA PROFILE 1.0." },
];

/**
 * Possible first bytes of a format: one comparison excludes most contents. Magic numbers at an offset are
 * tested separately.
 */
const FIRST = new Uint8Array(256);
for (const { at, bytes } of MAGICS) if (at === undefined) FIRST[bytes.charCodeAt(0)] = 1;
const INSIDE = MAGICS.filter(({ at }) => at !== undefined);

/** First lines of dumps as their tools write them, after empty comments. */
const DUMPS: readonly (readonly [RegExp, string])[] = [
  [/^-- PostgreSQL database (?:cluster )?dump\b/m, "PostgreSQL (pg_dump)"],
  [/^(?:\/\*.{0,80}\*\/;?\s{1,4})?-- (?:MySQL|MariaDB) dump \d/m, "MySQL (mysqldump)"],
  [/^-- phpMyAdmin SQL Dump\b/m, "MySQL (phpMyAdmin)"],
  [/^PRAGMA foreign_keys=OFF;\r?\nBEGIN TRANSACTION;/, "SQLite (.dump)"],
];
/**
 * Texts that begin rows. Rows that only list applied migrations (Rails, Flyway, Django, Doctrine, Liquibase)
 * do not count.
 */
const ROWS = ["INSERT INTO ", "REPLACE INTO ", " FROM stdin;"];
const VERSIONS =
  /^INSERT INTO [\w".`]{0,20}(?:schema_migrations|ar_internal_metadata|flyway_schema_history|django_migrations|doctrine_migration_versions|databasechangelog)\b/i;

/**
 * Tables of data that is not an application's state: map tiles (MBTiles 1.3), certificates of NSS, caches and
 * reports of build tools (coverage.py, mypy, requests-cache, Deno, hishel).
 */
const READ_TABLES =
  /CREATE (?:TABLE|VIEW) (?:IF NOT EXISTS )?\W{0,2}(?:tiles\W[^)]{0,200}\btile_data\b|nssPublic\b|nssPrivate\b|coverage_schema\b|files2 \(\s{0,10}path\b|checkcacheinfo\b|nodeanalysiscache\b|moduleinfocache\b)/i;

/** @param head first DATABASE_HEAD_BYTES of a content, or all of a shorter content */
export function databaseFormat(head: Buffer): DatabaseFormat | undefined {
  const first = head[0] ?? 0;
  if (FIRST[first] === 1) {
    const magic = MAGICS.find(({ at, bytes }) => at === undefined && stands(bytes, head, 0));
    if (magic !== undefined) return known(magic, head);
  }
  const inside = INSIDE.find(
    ({ at = 0, bytes }) => head[at] === bytes.charCodeAt(0) && stands(bytes, head, at),
  );
  if (inside !== undefined) return { name: inside.name };
  if (isCore(head)) return { name: "ELF (core dump)" };
  if (isBson(head)) return { name: "MongoDB (BSON)" };
  if (first === F && isMailbox(head)) return { name: "mbox" };
  return first === DASH || first === SLASH || first === P ? dump(head) : undefined;
}

const [DASH, SLASH, P, F] = [0x2d, 0x2f, 0x50, 0x46];

function stands(bytes: string, head: Buffer, at: number): boolean {
  return head.toString("latin1", at, at + bytes.length) === bytes;
}

function known({ name }: Magic, head: Buffer): DatabaseFormat {
  if (name !== "SQLite") return { name };
  return READ_TABLES.test(head.toString("latin1")) ? { name, isRead: true } : { name };
}

/** Whether the content is the memory of a process: an ELF file (gABI) of type ET_CORE, in either byte order. */
function isCore(head: Buffer): boolean {
  if (head.length < 18 || !stands("\x7fELF", head, 0)) return false;
  return (head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16)) === 4;
}

/**
 * Whether the content is a collection file of mongodump: documents in sequence, whose first field is `_id`
 * (BSON 1.1).
 */
function isBson(head: Buffer): boolean {
  if (head[5] !== 0x5f || head[6] !== 0x69 || head[7] !== 0x64 || head[8] !== 0) return false;
  return head.readInt32LE(0) >= 22 && (head[4] === 0x07 || head[4] === 0x02 || head[4] === 0x10);
}

/** A message's separator and its first header (RFC 4155): a sender, and a date as asctime() writes one. */
const MAILBOX =
  /^From (?![\da-f]{40,64} Mon Sep 17 00:00:00 2001)\S{1,320} {1,2}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d(?::\d\d)?(?: [A-Z+-][A-Z\d]{0,5})? \d{4}[^\n]{0,100}\n[A-Za-z][\w-]{0,76}: /;

/** Test for a mailbox (mbox). A patch of git begins with `From `, too, but with a commit and a fixed date behind it. */
function isMailbox(head: Buffer): boolean {
  return MAILBOX.test(head.toString("latin1", 0, 1_024));
}

function dump(head: Buffer): DatabaseFormat | undefined {
  const text = head.toString("latin1", 0, 512);
  const name = DUMPS.find(([begins]) => begins.test(text))?.[1];
  return name === undefined ? undefined : { name, isDump: true };
}

/** Bytes that are longer than any beginning of rows, table name included. */
export const ROW_BYTES = 128;

/**
 * Whether rows begin in a stretch of a dump.
 *
 * @param isEnd false: a match in the last ROW_BYTES is left to the next stretch
 */
export function holdsRows(stretch: Buffer, isEnd: boolean): boolean {
  const last = isEnd ? stretch.length : stretch.length - ROW_BYTES;
  return ROWS.some((statement) => {
    for (let at = stretch.indexOf(statement); at >= 0 && at < last; at = stretch.indexOf(statement, at + 1)) {
      if (!VERSIONS.test(stretch.toString("latin1", at, at + ROW_BYTES))) return true;
    }
    return false;
  });
}
