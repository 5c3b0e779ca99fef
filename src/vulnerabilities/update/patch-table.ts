import { createHash } from "node:crypto";
import { join } from "node:path";
import { DouaneError } from "../../contract/error.ts";
import { removeQuietly } from "../../files/draft-file.ts";
import { WriteFailure } from "../../files/write-failure.ts";
import { type CatalogSource, isMissing, TABLES_FOLDER } from "../database/catalog.ts";
import { chainFrom, type IndexedDelta } from "../database/indexed-delta.ts";
import { SortedTable } from "../database/table/sorted-table.ts";
import { PatchedTable } from "../database/table/table-delta.ts";
import { type WrittenTable, writeTable } from "../database/write-table.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { changedOnTheWay, type Mirror } from "./mirror.ts";

export interface RefusedDelta {
  /** Name of the source: `osv:npm`. */
  readonly source: string;
  readonly problem: DouaneError;
}

/** Result of applying deltas. */
export interface Patched {
  /** New table; absent if there are no deltas for the present table, or they were refused. */
  readonly table?: WrittenTable;
  readonly refused?: RefusedDelta;
  /** Bytes downloaded. */
  readonly bytes: number;
}

export interface Patching {
  readonly source: CatalogSource;
  /** Present version of the source. */
  readonly known: CatalogSource | undefined;
  readonly deltas: readonly IndexedDelta[];
  readonly signal: AbortSignal;
}

/**
 * Builds an exported table from the older table that is present, if the index has deltas between them that
 * are smaller than the table. The result is verified by the SHA-256 of its lines in the index, so a wrong
 * delta costs only its download.
 */
export async function patchedTable(
  directory: string,
  mirror: Mirror,
  { source, known, deltas, signal }: Patching,
): Promise<Patched> {
  const chain = known === undefined ? undefined : chainFrom(known.content, source, deltas);
  if (known === undefined || chain === undefined) return { bytes: 0 };
  const paths: string[] = [];
  let bytes = 0;
  try {
    for (const delta of chain) {
      signal.throwIfAborted();
      const path = join(directory, "downloads", delta.sha256);
      await fetchBlob(mirror, delta, path);
      paths.push(path);
      bytes += delta.bytes;
    }
    return { table: patch(directory, known, source, chain, paths, mirror.name), bytes };
  } catch (error) {
    if (signal.aborted || error instanceof WriteFailure) throw error;
    if (!(error instanceof DouaneError || isMissing(error))) throw error;
    return {
      bytes,
      ...(error instanceof DouaneError ? { refused: { source: source.name, problem: error } } : {}),
    };
  } finally {
    for (const path of paths) removeQuietly(path);
  }
}

function patch(
  directory: string,
  known: CatalogSource,
  { name, feed, records, ecosystems, content }: CatalogSource,
  chain: readonly IndexedDelta[],
  paths: readonly string[],
  mirror: string,
): WrittenTable {
  const opened: SortedTable[] = [];
  const open = (path: string, bytes: number) => {
    const table = new SortedTable(path, bytes);
    opened.push(table);
    return table;
  };
  try {
    const base = open(join(directory, TABLES_FOLDER, known.file), known.bytes);
    const deltas = paths.map((path, at) => open(path, chain[at]?.bytes ?? 0));
    const table = writeTable(directory, new PatchedTable(base, deltas), {
      source: name,
      feed,
      records,
      ecosystems,
    });
    if (table.about.content === content) return table;
    removeQuietly(table.path);
    throw changedOnTheWay(mirror, content, table.about.content);
  } finally {
    for (const table of opened) table.close();
  }
}

/**
 * Whether the present source equals an index's: the same file, or the same lines compressed by another zlib,
 * as after deltas applied on another machine.
 */
export function isSame(directory: string, known: CatalogSource, source: CatalogSource): boolean {
  if (known.sha256 === source.sha256) return true;
  if (known.content !== source.content) return false;
  try {
    return contentOf(join(directory, TABLES_FOLDER, known.file), known.bytes) === source.content;
  } catch (error) {
    if (error instanceof DouaneError || isMissing(error)) return false;
    throw error;
  }
}

function contentOf(path: string, bytes: number): string {
  const hash = createHash("sha256");
  const table = new SortedTable(path, bytes);
  try {
    for (const { lines } of table.sections()) hash.update(lines);
  } finally {
    table.close();
  }
  return hash.digest("hex");
}
