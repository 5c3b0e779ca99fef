/**
 * Databases by the first bytes of a file, in hexadecimal. SQLite: file format 1.3; bbolt and LMDB: the meta
 * page's magic number at offset 16; Berkeley DB: at offset 12; GDBM; RRD; ZooKeeper: its snapshot and its
 * transaction log, of version 2, alike in each instance until something is stored; DuckDB: at offset 8; TSM;
 * WiredTiger's block manager.
 */
const MAGICS = [
  ["SQLite", /^53514c69746520666f726d6174203300/],
  ["bbolt", /^.{32}edda0ced/],
  ["LMDB", /^.{32}dec0efbe/],
  ["Berkeley DB", /^.{24}(?:62310500|61150600|00053162|00061561)/],
  ["GDBM", /^(?:ce|cd|cf)9a5713/],
  ["RRD", /^5252440030303/],
  ["ZooKeeper", /^5a4b(?:534e|4c47)00000002/],
  ["DuckDB", /^.{16}4455434b/],
  ["InfluxDB (TSM)", /^16d116d101/],
  ["MongoDB (WiredTiger)", /^41d8010001000000/],
] as const;

/** @param magic first bytes of a file that is not text, hexadecimal */
export function databaseByMagic(magic: string | undefined): string | undefined {
  return MAGICS.find(([, bytes]) => bytes.test(magic ?? ""))?.[0];
}
