import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDataIndex } from "../artifact/data-index.ts";
import { verifySignature } from "../artifact/signature.ts";
import {
  type Catalog,
  type CatalogSource,
  EMPTY_CATALOG,
  type MirrorState,
  readCatalog,
} from "../database/catalog.ts";
import { mergeSources, type OfferedSource } from "../database/replace-sources.ts";
import { SortedTable } from "../database/table/sorted-table.ts";
import { changedOnTheWay, type Mirror, type Offered } from "./mirror.ts";

export interface ApplyOptions {
  readonly now: Date;
  /** PEM of the key that must have signed the data. */
  readonly publicKey?: string;
  readonly signal: AbortSignal;
}

/** What came of what a mirror offered. */
export interface Applied {
  readonly status: "new" | "unchanged";
  readonly sources: readonly CatalogSource[];
  /** Bytes of tables that were downloaded. */
  readonly bytes: number;
}

/**
 * Puts what a mirror offers in the place of the sources of the same names: verified, and all at once.
 * Tables that are here already are not asked for.
 *
 * @throws InvalidInputError vulnerability-data-unsigned, vulnerability-signature-wrong, vulnerability-data-older, digest-mismatch…
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
  mkdirSync(folder, { recursive: true });
  const downloaded: string[] = [];
  let bytes = 0;
  try {
    const sources: OfferedSource[] = [];
    for (const source of index.sources) {
      signal.throwIfAborted();
      const entry = { ...source, imported: now.toISOString() };
      const known = before.sources.find(
        ({ name, sha256 }) => name === source.name && sha256 === source.sha256,
      );
      if (known !== undefined) {
        sources.push({ entry });
        continue;
      }
      // By its SHA-256: what an update that was stopped has of it, the next one goes on with.
      const path = join(folder, source.sha256);
      await fetchTable(mirror, source, path);
      downloaded.push(path);
      bytes += source.bytes;
      sources.push({ entry, path });
    }
    const from: MirrorState = {
      created: index.created,
      ...(offer.download === undefined ? {} : { download: offer.download }),
    };
    const catalog = await mergeSources(directory, sources, { mirror: from, signal });
    const names = new Set(index.sources.map(({ name }) => name));
    const applied = catalog.sources.filter(({ name }) => names.has(name));
    return { status: downloaded.length === 0 ? "unchanged" : "new", sources: applied, bytes };
  } finally {
    for (const path of downloaded) rmSync(path, { force: true });
  }
}

/** A mirror that was frozen, or an old export played again, must not take back what is known. */
function verifyNotOlder(created: string, { mirror }: Catalog, name: string, now: Date): void {
  const isFuture = Date.parse(created) > now.getTime() + 24 * 60 * 60 * 1_000;
  if (!isFuture && (mirror === undefined || Date.parse(created) >= Date.parse(mirror.created))) return;
  throw new InvalidInputError("vulnerability-data-older", {
    fr: `${quoted(name)} propose des données exportées le ${created}, ${isFuture ? "dans l'avenir : l'une des horloges est fausse" : `avant celles de cette machine (${mirror?.created ?? ""})`}. Celles de cette machine restent.`,
    en: `${quoted(name)} offers data exported on ${created}, ${isFuture ? "in the future: one of the clocks is wrong" : `before this machine's (${mirror?.created ?? ""})`}. This machine's stay.`,
  });
}

async function fetchTable(mirror: Mirror, source: CatalogSource, path: string): Promise<void> {
  if (source.bytes > LIMITS.vulnerabilityDownloadBytes)
    throw changedOnTheWay(mirror.name, source.sha256, `${source.bytes} B`);
  await mirror.blob(source.sha256, source.bytes, path);
  try {
    await verifyTable(mirror, source, path);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

async function verifyTable(mirror: Mirror, source: CatalogSource, path: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1024 ** 2 }))
    hash.update(piece as Buffer);
  const actual = hash.digest("hex");
  if (actual !== source.sha256) throw changedOnTheWay(mirror.name, source.sha256, actual);
  const table = new SortedTable(path, source.bytes);
  try {
    const { content, source: name } = table.about;
    if (content !== source.content || name !== source.name)
      throw changedOnTheWay(mirror.name, source.name, name);
  } finally {
    table.close();
  }
}
