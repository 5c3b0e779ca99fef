import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import {
  CATALOG_FILE,
  type Catalog,
  type CatalogSource,
  type DateOrigin,
  type Download,
  EMPTY_CATALOG,
  type MirrorState,
  readCatalog,
  type SignedIndex,
  TABLES_FOLDER,
} from "./catalog.ts";
import { locked } from "./lock.ts";
import { TABLE_FORMAT } from "./table/table-format.ts";
import type { WrittenTable } from "./write-table.ts";

export interface NewSource {
  readonly table: WrittenTable;
  /** Time at which the source's content was current, ISO 8601. */
  readonly date: string;
  readonly dateFrom: DateOrigin;
  readonly download?: Download;
}

export interface Replacing {
  /** Current time, ISO 8601. */
  readonly now: string;
  /** Whether a replacement with less than half of the records is accepted. */
  readonly mayShrink?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Replaces sources by new sources of the same names; others stay. The replacement is atomic for readers, even
 * if this process ends at any time.
 *
 * @param directory directory of the data, absolute
 * @throws UsageError vulnerability-source-shrinks
 * @throws WriteFailure
 * @throws UnavailableError vulnerability-data-locked
 * @throws InvalidInputError as readCatalog()
 */
export async function replaceSources(
  directory: string,
  sources: readonly NewSource[],
  { now, mayShrink = false, signal }: Replacing,
): Promise<Catalog> {
  const entries = sources.map((source) => ({ entry: entryOf(source, now), path: source.table.path }));
  return commit(directory, signal, (before) => {
    if (!mayShrink) for (const { entry } of entries) verifyNotShrunk(entry, before);
    return merged(directory, before, entries);
  });
}

/** Source of another catalogue, with its table if the table is new here. */
export interface OfferedSource {
  readonly entry: CatalogSource;
  /** Path of the verified table, absolute. */
  readonly path?: string;
}

/**
 * Replaces sources by those of a mirror with the same names, atomically.
 *
 * @throws UnavailableError vulnerability-data-locked
 */
export async function mergeSources(
  directory: string,
  sources: readonly OfferedSource[],
  { mirror, signed, signal }: MergeOptions,
): Promise<Catalog> {
  return commit(directory, signal, (before) => {
    const catalog = { ...merged(directory, before, sources), mirror };
    return signed === undefined ? catalog : { ...catalog, signed: withSigned(signed, before) };
  });
}

interface MergeOptions {
  readonly mirror: MirrorState;
  readonly signed?: SignedIndex;
  readonly signal?: AbortSignal;
}

/** Maximum number of signed indices kept: mirrors may have different sources. */
const SIGNED_KEPT = 4;

/** Signed indices to keep, bounded so that the catalogue stays readable whatever a mirror sends. */
function withSigned(signed: SignedIndex, { signed: before = [] }: Catalog): readonly SignedIndex[] {
  const others = before.filter(({ index }) => index !== signed.index);
  return [signed, ...others]
    .filter(({ index }) => index.length <= LIMITS.vulnerabilityCatalogBytes / (2 * SIGNED_KEPT))
    .slice(0, SIGNED_KEPT);
}

/**
 * Updates the date of sources whose download was confirmed to be current.
 *
 * @param date ISO 8601
 * @returns the updated sources
 */
export async function redateSources(
  directory: string,
  url: string,
  date: string,
): Promise<readonly CatalogSource[]> {
  const isOf = (source: CatalogSource) => source.download?.url === url;
  const { sources } = await commit(directory, undefined, (before) => ({
    ...before,
    sources: before.sources.map((source) =>
      isOf(source) && source.date < date ? { ...source, date, dateFrom: "server" } : source,
    ),
  }));
  return sources.filter(isOf);
}

async function commit(
  directory: string,
  signal: AbortSignal | undefined,
  change: (before: Catalog) => Catalog,
): Promise<Catalog> {
  const tables = join(directory, TABLES_FOLDER);
  writing(tables, () => makeFolders(tables));
  const work = async () => {
    const catalog = change(readCatalog(directory) ?? EMPTY_CATALOG);
    writeCatalog(directory, catalog);
    writing(directory, () => removeUnnamed(directory, catalog));
    return catalog;
  };
  return locked(join(directory, "lock"), work, signal === undefined ? {} : { signal });
}

function merged(directory: string, before: Catalog, sources: readonly OfferedSource[]): Catalog {
  for (const { entry, path } of sources) {
    const table = tablePath(directory, entry.sha256);
    if (path !== undefined) writing(table, () => renameSync(path, table));
  }
  const kept = before.sources.filter(({ name }) => sources.every(({ entry }) => entry.name !== name));
  const all = [...kept, ...sources.map(({ entry }) => entry)];
  return {
    ...before,
    format: TABLE_FORMAT,
    sources: all.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

function entryOf({ table, date, dateFrom, download }: NewSource, imported: string): CatalogSource {
  const { source, feed, records, ecosystems, content } = table.about;
  return {
    name: source,
    feed,
    records,
    date,
    dateFrom,
    imported,
    ecosystems,
    file: `${table.sha256}.table`,
    bytes: table.bytes,
    sha256: table.sha256,
    content,
    ...(download === undefined ? {} : { download }),
  };
}

/** Number of records below which a source may be just an example. */
const FEW_RECORDS = 20;

/**
 * Refuses a replacement with less than half of the records, which is probably an excerpt, a wrong file, or
 * another download.
 */
function verifyNotShrunk({ name, records }: CatalogSource, before: Catalog): void {
  const known = before.sources.find((source) => source.name === name)?.records ?? 0;
  if (known < FEW_RECORDS || records * 2 >= known) return;
  throw new UsageError("vulnerability-source-shrinks", {
    fr: `La source ${quoted(name)} a ${known} enregistrements, le remplacement en a ${records} : rien n'est remplacé. Si c'est voulu, ajouter --allow-shrink ; pour garder les deux, nommer la nouvelle (--source NOM).`,
    en: `The source ${quoted(name)} has ${known} records, its replacement only ${records}: nothing was replaced. If this is intended, add --allow-shrink; to keep both, name the new source (--source NAME).`,
  });
}

function tablePath(directory: string, sha256: string): string {
  return join(directory, TABLES_FOLDER, `${sha256}.table`);
}

function writeCatalog(directory: string, catalog: Catalog): void {
  syncDirectory(join(directory, TABLES_FOLDER));
  const draft = join(directory, `${CATALOG_FILE}.new-${process.pid}`);
  writing(draft, () => rmSync(draft, { force: true }));
  replaceFile(join(directory, CATALOG_FILE), `${JSON.stringify(catalog, null, 1)}\n`, { draft });
  syncDirectory(directory);
}

/** Flushes a folder, so that a rename is durable. */
function syncDirectory(directory: string): void {
  writing(directory, () => {
    const descriptor = openSync(directory, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Age in milliseconds after which partial files and downloads count as abandoned. */
const LEFT_MS = 2 * 60 * 60 * 1_000;
const DOWNLOADS_LEFT_MS = 7 * 24 * 60 * 60 * 1_000;

function removeUnnamed(directory: string, { sources }: Catalog): void {
  const named = new Set(sources.map(({ file }) => file));
  const folder = join(directory, TABLES_FOLDER);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (named.has(name) || (name.startsWith("new-") && !isOld(path))) continue;
    rmSync(path, { force: true });
  }
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (name.startsWith(`${CATALOG_FILE}.new-`) && isOld(path)) rmSync(path, { force: true });
  }
  const downloads = join(directory, "downloads");
  for (const name of existsSync(downloads) ? readdirSync(downloads) : []) {
    const path = join(downloads, name);
    if (isOld(path, DOWNLOADS_LEFT_MS)) rmSync(path, { force: true });
  }
}

function isOld(path: string, ageMs = LEFT_MS): boolean {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Date.now() - changed > ageMs;
}
