import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { faultOf } from "../../files/write-failure.ts";
import { type Fields, fieldsOf } from "../../json/fields.ts";
import { READABLE_FORMATS, TABLE_FORMAT, unreadableFormat } from "./table/table-format.ts";

/** Document that lists the current tables; every change replaces the document atomically. */
export interface Catalog {
  readonly format: number;
  /** Sources, sorted by name. */
  readonly sources: readonly CatalogSource[];
  /** State of the last export taken from a mirror. */
  readonly mirror?: MirrorState;
  /** Signed indices of mirrors, newest first; verified again when a key is given. */
  readonly signed?: readonly SignedIndex[];
}

/** Signed index of an export. */
export interface SignedIndex {
  /** Text of the index. */
  readonly index: string;
  /** Signature in Base64. */
  readonly signature: string;
}

export interface MirrorState {
  /** Time of the last export, ISO 8601; older exports are refused. */
  readonly created: string;
  readonly download?: Download;
}

export interface CatalogSource {
  /** Name of the source: `osv:npm`, `debian-tracker`, `kev`. */
  readonly name: string;
  readonly feed: string;
  readonly records: number;
  /** Time at which the content was current, ISO 8601. */
  readonly date: string;
  readonly dateFrom: DateOrigin;
  /** Time of the import, ISO 8601. */
  readonly imported: string;
  /** Number of records by ecosystem and release, without malware; 0 if there is only malware. */
  readonly ecosystems: Readonly<Record<string, number>>;
  /** Name of the source's table, below tables/. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** SHA-256 of the table's lines, hex, independent of compression. */
  readonly content: string;
  /** Validators of the source's download, for conditional requests. */
  readonly download?: Download;
}

/**
 * Origin of a source's date: its `content`, the importing user (`stated`), the `server`, or only the `file`,
 * whose date may have been changed by copying.
 */
export type DateOrigin = "content" | "stated" | "server" | "file";

export interface Download {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

export const CATALOG_FILE = "catalog.json";
export const TABLES_FOLDER = "tables";

export const EMPTY_CATALOG: Catalog = { format: TABLE_FORMAT, sources: [] };

/**
 * Catalogue of a folder; undefined if there is none.
 *
 * @throws InvalidInputError vulnerability-catalog-damaged, vulnerability-data-format
 * @throws UnavailableError vulnerability-catalog-unreadable, if the file cannot be read
 */
export function readCatalog(directory: string): Catalog | undefined {
  const file = join(directory, CATALOG_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadableCatalog(file, error);
  }
  if (text.length > LIMITS.vulnerabilityCatalogBytes) throw damagedCatalog(file, `${text.length} B`);
  return parseCatalog(text, file);
}

/** @throws InvalidInputError vulnerability-catalog-damaged, vulnerability-data-format */
function parseCatalog(text: string, file: string): Catalog {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw damagedCatalog(file, error);
  }
  const { format, sources, mirror, signed } = fieldsOf(document);
  if (typeof format !== "number") throw damagedCatalog(file, "format");
  if (!READABLE_FORMATS.includes(format)) throw unreadableFormat(file, format);
  if (!Array.isArray(sources)) throw damagedCatalog(file, "sources");
  const read = sources.map((source) => catalogSource(fieldsOf(source)));
  const known = read.filter((source) => source !== undefined);
  if (known.length < read.length) throw damagedCatalog(file, "sources");
  const from = mirrorState(fieldsOf(mirror));
  const indexes = signedIndexes(signed);
  return {
    format,
    sources: known,
    ...(from === undefined ? {} : { mirror: from }),
    ...(indexes.length === 0 ? {} : { signed: indexes }),
  };
}

function signedIndexes(read: unknown): readonly SignedIndex[] {
  return (Array.isArray(read) ? read : [])
    .map(fieldsOf)
    .flatMap(({ index, signature }) =>
      typeof index === "string" && typeof signature === "string" ? [{ index, signature }] : [],
    );
}

function mirrorState({ created, download }: Fields): MirrorState | undefined {
  if (typeof created !== "string") return undefined;
  const from = downloadOf(fieldsOf(download));
  return { created, ...(from === undefined ? {} : { download: from }) };
}

const ORIGINS: readonly DateOrigin[] = ["content", "stated", "server", "file"];

/**
 * Source of the catalogue. Validated by hand: loading a schema library takes longer than opening all data.
 */
export function catalogSource(read: Fields): CatalogSource | undefined {
  const { name, feed, records, date, dateFrom, imported, ecosystems, file, bytes, sha256, content } = read;
  if (typeof name !== "string" || typeof feed !== "string" || typeof records !== "number") return undefined;
  if (typeof date !== "string" || typeof imported !== "string" || typeof bytes !== "number") return undefined;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256) || typeof content !== "string")
    return undefined;
  if (file !== `${sha256}.table`) return undefined;
  const counts = Object.entries(fieldsOf(ecosystems)).flatMap(([key, count]) =>
    typeof count === "number" ? [[key, count] as const] : [],
  );
  const download = downloadOf(fieldsOf(read["download"]));
  return {
    name,
    feed,
    records,
    date,
    dateFrom: ORIGINS.find((origin) => origin === dateFrom) ?? "file",
    imported,
    ecosystems: Object.fromEntries(counts),
    file,
    bytes,
    sha256,
    content,
    ...(download === undefined ? {} : { download }),
  };
}

function downloadOf({ url, etag, lastModified }: Fields): Download | undefined {
  if (typeof url !== "string") return undefined;
  return {
    url,
    ...(typeof etag === "string" ? { etag } : {}),
    ...(typeof lastModified === "string" ? { lastModified } : {}),
  };
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Error for a catalogue that this process cannot read, and that may be intact: nothing is to be removed. */
function unreadableCatalog(file: string, error: unknown): UnavailableError {
  const { cause, remedy } = faultOf(error);
  return new UnavailableError(
    "vulnerability-catalog-unreadable",
    {
      fr: `Le catalogue des données de vulnérabilités ${quoted(file)} n'est pas lisible : ${cause.fr}. ${remedy.fr}`,
      en: `The catalogue of the vulnerability data ${quoted(file)} cannot be read: ${cause.en}. ${remedy.en}`,
    },
    { cause: error },
  );
}

function damagedCatalog(file: string, cause: unknown): InvalidInputError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InvalidInputError(
    "vulnerability-catalog-damaged",
    {
      fr: `Le catalogue des données de vulnérabilités ${quoted(file)} est abîmé (${why}). Importer les données de nouveau dans un autre répertoire, ou retirer celui-ci.`,
      en: `The catalogue of the vulnerability data ${quoted(file)} is damaged (${why}). Import the data again into another folder, or remove this one.`,
    },
    { cause },
  );
}
