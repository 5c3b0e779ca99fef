import { statSync } from "node:fs";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { removeQuietly } from "../../files/draft-file.ts";
import type { CatalogSource, Download } from "../database/catalog.ts";
import { type NewSource, replaceSources } from "../database/replace-sources.ts";
import { writeTable } from "../database/write-table.ts";
import type { FeedName } from "../feed/feed.ts";
import { unknownFeed } from "./content/feed-errors.ts";
import { contentsOf } from "./contents.ts";
import { readContent } from "./read-content.ts";
import { type CollectedSource, joinedSource, SourceCollector } from "./source-collector.ts";

export interface ImportFile {
  /** Path of the file or folder, absolute. */
  readonly path: string;
  /** Name in messages. */
  readonly name: string;
}

export interface ImportOptions {
  readonly now: Date;
  /** Name for the source; default: derived from its content. */
  readonly source?: string;
  /** Time at which the content was current, ISO 8601; overrides the time derived from the content. */
  readonly asOf?: string;
  /** Origin of `asOf`. */
  readonly asOfFrom?: "stated" | "server";
  readonly mayShrink?: boolean;
  readonly download?: Download;
  readonly signal?: AbortSignal;
  readonly onProgress?: (records: number) => void;
}

export interface Imported {
  readonly sources: readonly CatalogSource[];
  /** Remarks per feed. */
  readonly remarks: readonly ImportRemark[];
  /** Documents in archives and folders whose format is unknown. */
  readonly unknown: readonly string[];
  readonly unknownCount: number;
}

interface ImportRemark {
  readonly feed: FeedName;
  readonly malformed: number;
  /** Names of the first records. */
  readonly names: readonly string[];
  /** Number of future dates, which were ignored. */
  readonly future: number;
}

const NAMED = 5;
/** Documents after which events are handled: signals, progress. */
const TURN = 500;

/**
 * Reads feeds from files, folders and archives, and atomically replaces the sources of the same names.
 *
 * @throws InvalidInputError feed-unknown, feed-malformed, feed-archive-damaged, feed-too-large,
 * feed-without-records
 * @throws UsageError file-unreadable, vulnerability-source-shrinks
 * @throws UnavailableError vulnerability-data-locked
 * @throws WriteFailure
 */
export async function importFiles(
  directory: string,
  files: readonly ImportFile[],
  options: ImportOptions,
): Promise<Imported> {
  const collectors = new Map<string, SourceCollector>();
  const sinkOf = (group: string) => (feed: FeedName) => {
    const key = `${feed} ${group}`;
    const known = collectors.get(key) ?? new SourceCollector(feed, options.now);
    collectors.set(key, known);
    return known;
  };
  const unknown: string[] = [];
  let [unknownCount, documents] = [0, 0];
  let changed = 0;
  for (const { path, name } of files) {
    let isRead = false;
    for await (const content of contentsOf(path, name)) {
      if (await readContent(content, sinkOf(content.group))) isRead = true;
      else if (++unknownCount <= NAMED) unknown.push(content.name);
      if (++documents % TURN === 0) await turn(collectors, options);
    }
    if (!isRead) throw unknownFeed(name);
    changed = Math.max(changed, statSync(path).mtimeMs);
  }
  const fallback = new Date(Math.min(changed, options.now.getTime())).toISOString();
  const sources = await write(directory, [...collectors.values()], fallback, options);
  const remarks = [...collectors.values()].map(({ feed, malformedRecords, malformedNames, future }) => ({
    feed,
    malformed: malformedRecords,
    names: malformedNames,
    future,
  }));
  return { sources, remarks, unknown, unknownCount };
}

async function turn(collectors: ReadonlyMap<string, SourceCollector>, options: ImportOptions): Promise<void> {
  options.onProgress?.([...collectors.values()].reduce((sum, { records }) => sum + records, 0));
  await new Promise<void>((resolve) => setImmediate(resolve));
  options.signal?.throwIfAborted();
}

async function write(
  directory: string,
  collectors: readonly SourceCollector[],
  fallback: string,
  { now, source, asOf, asOfFrom = "stated", mayShrink, download, signal }: ImportOptions,
): Promise<readonly CatalogSource[]> {
  const written: NewSource[] = [];
  try {
    for (const { rows, about, ...dates } of mergedSources(
      collectors.flatMap((collector) => collector.sources(source)),
    )) {
      if (about.records === 0) throw withoutRecords(about.source);
      written.push({
        table: writeTable(directory, rows, about),
        ...datedBy(dates, fallback, asOf === undefined ? undefined : { date: asOf, dateFrom: asOfFrom }),
        ...(download === undefined ? {} : { download }),
      });
      signal?.throwIfAborted();
    }
    const catalog = await replaceSources(directory, written, {
      now: now.toISOString(),
      ...(mayShrink === undefined ? {} : { mayShrink }),
      ...(signal === undefined ? {} : { signal }),
    });
    const names = new Set(written.map(({ table }) => table.about.source));
    return catalog.sources.filter(({ name }) => names.has(name));
  } finally {
    for (const { table } of written) removeQuietly(table.path);
  }
}

/**
 * Date of a source: as stated, otherwise by its content, otherwise its file's date, limited by its newest
 * CVE.
 */
function datedBy(
  { date, notAfter }: Pick<CollectedSource, "date" | "notAfter">,
  fileDate: string,
  said: Pick<NewSource, "date" | "dateFrom"> | undefined,
): Pick<NewSource, "date" | "dateFrom"> {
  if (said !== undefined) return said;
  if (date !== undefined) return { date, dateFrom: "content" };
  if (notAfter !== undefined && notAfter < fileDate) return { date: notAfter, dateFrom: "content" };
  return { date: fileDate, dateFrom: "file" };
}

/**
 * Sources, merged by name, since several files of a command may belong to one source: pages, years, single
 * records.
 */
function mergedSources(sources: readonly CollectedSource[]): readonly CollectedSource[] {
  const byName = Map.groupBy(sources, ({ about }) => about.source);
  return [...byName.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [joinedSource(first, others)],
  );
}

function withoutRecords(source: string): InvalidInputError {
  return new InvalidInputError("feed-without-records", {
    fr: `${quoted(source)} : aucun enregistrement lisible. Rien n'est remplacé.`,
    en: `${quoted(source)}: no readable record. Nothing is replaced.`,
  });
}
