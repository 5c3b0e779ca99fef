import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { makeFolders } from "../../files/make-folders.ts";
import { TABLES_FOLDER } from "./catalog.ts";
import { SortedTable } from "./table/sorted-table.ts";
import type { TableAbout } from "./table/table-format.ts";

/** A complete table on disk, not yet in the catalogue. */
export interface WrittenTable {
  /** Path of the file, absolute. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  readonly about: TableAbout;
}

let written = 0;

/** Rows that can be written as a table. */
export interface TableRows {
  /** Calls `write` with the pieces of the file, in order. */
  write(about: Omit<TableAbout, "content">, write: (bytes: Uint8Array) => void): void;
}

/** @param directory directory of the data */
export function writeTable(
  directory: string,
  rows: TableRows,
  about: Omit<TableAbout, "content">,
): WrittenTable {
  const folder = join(directory, TABLES_FOLDER);
  makeFolders(folder);
  const path = join(folder, `new-${process.pid}-${++written}`);
  const hash = createHash("sha256");
  let bytes = 0;
  const descriptor = openSync(path, "wx");
  try {
    rows.write(about, (piece) => {
      hash.update(piece);
      bytes += piece.length;
      for (let at = 0; at < piece.length; ) at += writeSync(descriptor, piece, at);
    });
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  const table = new SortedTable(path, bytes);
  try {
    return { path, bytes, sha256: hash.digest("hex"), about: table.about };
  } finally {
    table.close();
  }
}
