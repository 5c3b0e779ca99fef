import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { DouaneError } from "../../contract/error.ts";
import { replaceByCopy, replaceFile } from "../../files/draft-file.ts";
import { WriteFailure } from "../../files/write-failure.ts";
import { type CatalogSource, isMissing } from "../database/catalog.ts";
import { type IndexedDelta, usefulDeltas } from "../database/indexed-delta.ts";
import { SortedTable } from "../database/table/sorted-table.ts";
import { deltaBetween } from "../database/table/table-delta.ts";
import { blobPath, type EarlierExport } from "./earlier-export.ts";

/**
 * Writes deltas from the tables of an earlier export to those of a new export beside it, and keeps the
 * earlier export's own deltas, so that holders of a recent table need not download the new table.
 *
 * @param target the layout, which already contains the tables of `sources`
 * @returns deltas, newest first per source
 * @throws WriteFailure
 */
export function exportDeltas(
  target: string,
  sources: readonly CatalogSource[],
  { folder, index }: EarlierExport,
): readonly IndexedDelta[] {
  return sources.flatMap((source) => {
    const before = index.sources.find(({ name }) => name === source.name);
    const fresh =
      before === undefined || before.content === source.content
        ? []
        : newDelta(target, source, folder, before);
    const deltas = usefulDeltas(source, [...fresh, ...index.deltas]);
    return takenOver(folder, target, deltas);
  });
}

/**
 * Delta from the earlier table; undefined if that is missing or damaged: the full table is exported in any
 * case.
 */
function newDelta(
  target: string,
  source: CatalogSource,
  folder: string,
  before: CatalogSource,
): readonly IndexedDelta[] {
  const opened: SortedTable[] = [];
  try {
    const older = new SortedTable(blobPath(folder, before.sha256), before.bytes);
    opened.push(older);
    const newer = new SortedTable(blobPath(target, source.sha256), source.bytes);
    opened.push(newer);
    const { rows, keys } = deltaBetween(older, newer);
    const pieces: Uint8Array[] = [];
    rows.write({ source: source.name, feed: source.feed, records: keys, ecosystems: {} }, (piece) =>
      pieces.push(piece),
    );
    const bytes = Buffer.concat(pieces);
    if (bytes.length >= source.bytes) return [];
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    replaceFile(blobPath(target, sha256), bytes);
    return [{ source: source.name, from: before.content, to: source.content, bytes: bytes.length, sha256 }];
  } catch (error) {
    if (error instanceof WriteFailure) throw error;
    if (error instanceof DouaneError || isMissing(error)) return [];
    throw error;
  } finally {
    for (const table of opened) table.close();
  }
}

/**
 * Deltas of the earlier export, newest first, up to the first missing delta: older deltas cannot be applied.
 */
function takenOver(folder: string, target: string, deltas: readonly IndexedDelta[]): readonly IndexedDelta[] {
  const missing = deltas.findIndex(({ sha256 }) => {
    const path = blobPath(target, sha256);
    if (existsSync(path)) return false;
    const earlier = blobPath(folder, sha256);
    if (!existsSync(earlier)) return true;
    replaceByCopy(earlier, path);
    return false;
  });
  return missing < 0 ? deltas : deltas.slice(0, missing);
}
