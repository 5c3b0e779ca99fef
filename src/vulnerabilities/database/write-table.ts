import { createHash } from "node:crypto";
import { join } from "node:path";
import { DraftFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
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

/**
 * @param directory directory of the data
 * @throws WriteFailure
 */
export function writeTable(
  directory: string,
  rows: TableRows,
  about: Omit<TableAbout, "content">,
): WrittenTable {
  const folder = join(directory, TABLES_FOLDER);
  writing(folder, () => makeFolders(folder));
  const path = join(folder, `new-${process.pid}-${++written}`);
  const hash = createHash("sha256");
  let bytes = 0;
  const file = new DraftFile(path, { draft: path });
  try {
    rows.write(about, (piece) => {
      hash.update(piece);
      bytes += piece.length;
      file.write(piece);
    });
    file.end();
    return { path, bytes, sha256: hash.digest("hex"), about: aboutOf(path, bytes) };
  } catch (error) {
    file.discard();
    throw error;
  }
}

function aboutOf(path: string, bytes: number): TableAbout {
  const table = new SortedTable(path, bytes);
  try {
    return table.about;
  } finally {
    table.close();
  }
}
