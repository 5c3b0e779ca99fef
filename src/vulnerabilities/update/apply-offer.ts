import { join } from "node:path";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { removeQuietly } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import { verifySignature } from "../artifact/verify-signature.ts";
import {
  type Catalog,
  type CatalogSource,
  EMPTY_CATALOG,
  type MirrorState,
  readCatalog,
} from "../database/catalog.ts";
import { parseDataIndex } from "../database/data-index.ts";
import { mergeSources, type OfferedSource } from "../database/replace-sources.ts";
import { SortedTable } from "../database/table/sorted-table.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { changedOnTheWay, type Mirror, type Offered } from "./mirror.ts";
import { isSame, patchedTable, type RefusedDelta } from "./patch-table.ts";

export interface ApplyOptions {
  readonly now: Date;
  /** PEM of the key that must have signed the data. */
  readonly publicKey?: string;
  readonly signal: AbortSignal;
}

/** Result of applying a mirror's offer. */
export interface Applied {
  readonly status: "new" | "unchanged";
  readonly sources: readonly CatalogSource[];
  /** Bytes of the tables and deltas that were downloaded. */
  readonly bytes: number;
  /** Reasons why deltas of the index were not used; the full tables were downloaded instead. */
  readonly refusedDeltas: readonly RefusedDelta[];
}

/**
 * Replaces sources by those of a mirror, verified and atomically. Tables that are already present are not
 * downloaded; tables reachable by deltas are built from older tables.
 *
 * @throws InvalidInputError vulnerability-data-unsigned, vulnerability-signature-wrong,
 * vulnerability-data-older, digest-mismatch…
 */
export async function applyOffer(
  directory: string,
  mirror: Mirror,
  offer: Offered,
  { now, publicKey, signal }: ApplyOptions,
): Promise<Applied> {
  if (publicKey !== undefined) verifySignature(offer.index, offer.signature, publicKey, mirror.name);
  const index = parseDataIndex(offer.index, mirror.name);
  const before = readCatalog(directory) ?? EMPTY_CATALOG;
  verifyNotOlder(index.created, before, mirror.name, now);
  const folder = join(directory, "downloads");
  writing(folder, () => makeFolders(folder));
  const temporary: string[] = [];
  const refusedDeltas: RefusedDelta[] = [];
  let bytes = 0;
  try {
    const sources: OfferedSource[] = [];
    for (const source of index.sources) {
      signal.throwIfAborted();
      const imported = now.toISOString();
      const known = before.sources.find(({ name }) => name === source.name);
      if (known !== undefined && isSame(directory, known, source)) {
        const { file, bytes: size, sha256 } = known;
        sources.push({ entry: { ...source, imported, file, bytes: size, sha256 } });
        continue;
      }
      const patched = await patchedTable(directory, mirror, { source, known, deltas: index.deltas, signal });
      bytes += patched.bytes;
      if (patched.refused !== undefined) refusedDeltas.push(patched.refused);
      if (patched.table !== undefined) {
        const { path, bytes: size, sha256 } = patched.table;
        temporary.push(path);
        sources.push({ entry: { ...source, imported, file: `${sha256}.table`, bytes: size, sha256 }, path });
        continue;
      }
      // Named by SHA-256, so that the next update resumes an interrupted download.
      const path = join(folder, source.sha256);
      await fetchTable(mirror, source, path);
      temporary.push(path);
      bytes += source.bytes;
      sources.push({ entry: { ...source, imported }, path });
    }
    const from: MirrorState = {
      created: index.created,
      ...(offer.download === undefined ? {} : { download: offer.download }),
    };
    const { index: text, signature } = { ...offer, index: Buffer.from(offer.index).toString("utf8") };
    const catalog = await mergeSources(directory, sources, {
      mirror: from,
      signal,
      ...(signature === "" ? {} : { signed: { index: text, signature } }),
    });
    const names = new Set(index.sources.map(({ name }) => name));
    const applied = catalog.sources.filter(({ name }) => names.has(name));
    const status = temporary.length === 0 ? "unchanged" : "new";
    return { status, sources: applied, bytes, refusedDeltas };
  } finally {
    for (const path of temporary) removeQuietly(path);
  }
}

/** Refuses older data: a frozen mirror, or a replayed old export, must not undo an update. */
function verifyNotOlder(created: string, { mirror }: Catalog, name: string, now: Date): void {
  const isFuture = Date.parse(created) > now.getTime() + 24 * 60 * 60 * 1_000;
  if (!isFuture && (mirror === undefined || Date.parse(created) >= Date.parse(mirror.created))) return;
  throw new InvalidInputError("vulnerability-data-older", {
    fr: `${quoted(name)} propose des données exportées le ${created}, ${isFuture ? "dans l'avenir : l'une des horloges est fausse" : `avant celles de cette machine (${mirror?.created ?? ""})`}. Celles de cette machine restent.`,
    en: `${quoted(name)} offers data exported on ${created}, ${isFuture ? "in the future: one of the clocks is wrong" : `before this machine's (${mirror?.created ?? ""})`}. This machine's stay.`,
  });
}

async function fetchTable(mirror: Mirror, source: CatalogSource, path: string): Promise<void> {
  await fetchBlob(mirror, source, path);
  try {
    verifyTable(mirror, source, path);
  } catch (error) {
    removeQuietly(path);
    throw error;
  }
}

function verifyTable(mirror: Mirror, source: CatalogSource, path: string): void {
  const table = new SortedTable(path, source.bytes);
  try {
    const { content, source: name } = table.about;
    if (content !== source.content || name !== source.name)
      throw changedOnTheWay(mirror.name, source.name, name);
  } finally {
    table.close();
  }
}
