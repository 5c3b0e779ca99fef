import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileFacts } from "../../contract/image-facts.ts";
import { isSelected } from "../../contract/selector-index.ts";

interface Format {
  readonly database: string;
  readonly selector: FileSelector;
  /**
   * Whether the file is certainly a database, by its first bytes or a name that nothing else has; otherwise
   * it only looks like a database.
   */
  readonly certain: (file: FileFacts) => boolean;
}

const LAYERS = { type: "file", scope: "layers", packed: true } as const;
/** Enough for every magic below. */
const HEAD = 64;

function starts(...magics: readonly string[]): (file: FileFacts) => boolean {
  return ({ content = "" }) => magics.some((magic) => content.startsWith(magic));
}

function always(): boolean {
  return true;
}

/**
 * Test for a format that is never certain, LMDB: it has no magic number at its beginning, and models are shipped in it,
 * mostly read only.
 */
function never(): boolean {
  return false;
}

/**
 * Database formats found in images. Magic numbers: SQLite's file format 1.3, Redis's RDB, H2's MVStore
 * header, LevelDB's CURRENT. Folders of PostgreSQL, InnoDB and WiredTiger are identified by unique file
 * names.
 */
export const DATABASE_FORMATS: readonly Format[] = [
  {
    database: "SQLite",
    selector: { ...LAYERS, suffixes: [".sqlite", ".sqlite3", ".db", ".db3"], content: HEAD },
    certain: starts("SQLite format 3\u0000"),
  },
  {
    database: "PostgreSQL",
    selector: { ...LAYERS, names: ["pg_control", "PG_VERSION"] },
    certain: ({ path }) => /\/(?:global\/pg_control|base\/\d{1,10}\/PG_VERSION)$/.test(path),
  },
  {
    database: "MySQL/MariaDB (InnoDB)",
    selector: { ...LAYERS, names: ["ibdata1", "ib_logfile0", "aria_log_control"] },
    certain: always,
  },
  { database: "MySQL/MariaDB (InnoDB)", selector: { ...LAYERS, suffixes: [".ibd"] }, certain: always },
  {
    database: "Kafka",
    selector: { ...LAYERS, suffixes: [".log", ".timeindex"], pattern: /\/\d{20}\.(?:log|timeindex)$/ },
    certain: always,
  },
  { database: "Neo4j", selector: { ...LAYERS, names: ["neostore"] }, certain: always },
  {
    database: "Derby",
    selector: { ...LAYERS, names: ["c10.dat"], pattern: /\/seg0\/c10\.dat$/ },
    certain: always,
  },
  { database: "MongoDB (WiredTiger)", selector: { ...LAYERS, names: ["WiredTiger.wt"] }, certain: always },
  {
    database: "Redis (RDB)",
    selector: { ...LAYERS, suffixes: [".rdb"], content: HEAD },
    certain: starts("REDIS0"),
  },
  {
    database: "Redis (AOF)",
    selector: { ...LAYERS, suffixes: [".aof"], pattern: /\/appendonly[^/]*\.aof$/, content: HEAD },
    certain: starts("*", "REDIS0"),
  },
  {
    database: "LevelDB/RocksDB",
    selector: { ...LAYERS, names: ["CURRENT"], content: HEAD },
    certain: ({ content = "" }) => /^MANIFEST-\d{6,}\n?$/.test(content),
  },
  { database: "H2", selector: { ...LAYERS, suffixes: [".mv.db"], content: HEAD }, certain: starts("H:2,") },
  {
    database: "PHP (session)",
    // PHP makes identifiers of 22 to 256 characters; an application that gives its own chooses their length.
    selector: { ...LAYERS, pattern: /\/(?:sess_|ci_session:?)[A-Za-z\d,-]{1,256}$/, content: HEAD },
    // Variables as the handlers php and php_serialize write each of them.
    certain: ({ content = "" }) => /^(?:[^|\n]{1,60}\|)?(?:[asOC]:\d|[bid]:[\d.-]|N;)/.test(content),
  },
  {
    database: "Laravel (session)",
    selector: { ...LAYERS, pattern: /\/framework\/sessions\/[A-Za-z\d]{40}$/, content: HEAD },
    // An array as PHP serialises it, or the same encrypted.
    certain: starts("a:", "s:", "eyJp"),
  },
  {
    database: "Maildir",
    selector: {
      ...LAYERS,
      pattern: /\/(?:cur|new)\/\d{9,11}\.[\w.,=+-]{1,200}(?::2,[A-Za-z]{0,26})?$/,
      content: HEAD,
    },
    // The first field of a message's header.
    certain: ({ content = "" }) => /^[A-Za-z][A-Za-z-]{1,40}:[ \t]/.test(content),
  },
  {
    database: "Prometheus (WAL)",
    selector: { ...LAYERS, pattern: /\/wal\/(?:checkpoint\.\d{8}\/)?\d{8}$/, content: HEAD },
    // The type of a segment's first record; a text begins otherwise.
    certain: ({ content = "" }) => content.charCodeAt(0) < 0x20 && !/^\s/.test(content),
  },
  { database: "LMDB", selector: { ...LAYERS, names: ["data.mdb"] }, certain: never },
];

/** Format that a file has, or seems to have; undefined for other files. */
export function databaseOf(
  file: FileFacts,
): { readonly database: string; readonly certain: boolean } | undefined {
  if (file.size === 0) return undefined;
  const matching = DATABASE_FORMATS.filter(({ selector }) => isSelected(selector, file));
  const format =
    matching.find(({ certain }) => certain(file)) ?? matching.find(({ certain }) => certain === never);
  return format === undefined ? undefined : { database: format.database, certain: format.certain(file) };
}
