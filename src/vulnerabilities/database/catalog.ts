import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { READABLE_FORMATS, TABLE_FORMAT, unreadableFormat } from "./table/table-format.ts";

/** Which tables are the data: the one document that a change of them replaces. */
export interface Catalog {
  readonly format: number;
  /** By name. */
  readonly sources: readonly CatalogSource[];
  /** The export that a mirror gave last. */
  readonly mirror?: MirrorState;
  /** What mirrors signed of the sources, the newest first: whoever asks for a key verifies it again. */
  readonly signed?: readonly SignedIndex[];
}

/** The index of an export, as it was signed. */
export interface SignedIndex {
  /** Its text. */
  readonly index: string;
  /** Base64. */
  readonly signature: string;
}

export interface MirrorState {
  /** When it was exported, ISO 8601: what was exported before is not taken after it. */
  readonly created: string;
  readonly download?: Download;
}

export interface CatalogSource {
  /** `osv:npm`, `debian-tracker`, `kev`. */
  readonly name: string;
  readonly feed: string;
  readonly records: number;
  /** When its content was current, ISO 8601. */
  readonly date: string;
  readonly dateFrom: DateOrigin;
  /** When it was imported, ISO 8601. */
  readonly imported: string;
  /** Records by ecosystem and release, malware left out: 0 where there is nothing else. */
  readonly ecosystems: Readonly<Record<string, number>>;
  /** Its table below tables/. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** SHA-256 of its lines, hex: the same whatever packed them. */
  readonly content: string;
  /** What the server said of the download it was made of: to ask whether there is something new. */
  readonly download?: Download;
}

/**
 * Who says when a source was current: its `content`, who imported it (`stated`), the `server` that gave
 * it, or nobody but the `file` that it lay in, which a copy may make younger.
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
 * The catalog of a folder; undefined where there is none.
 *
 * @throws InvalidInputError vulnerability-catalog-damaged, vulnerability-data-format
 */
export function readCatalog(directory: string): Catalog | undefined {
  const file = join(directory, CATALOG_FILE);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw damagedCatalog(file, error);
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

function mirrorState({ created, download }: Readonly<Record<string, unknown>>): MirrorState | undefined {
  if (typeof created !== "string") return undefined;
  const from = downloadOf(fieldsOf(download));
  return { created, ...(from === undefined ? {} : { download: from }) };
}

const ORIGINS: readonly DateOrigin[] = ["content", "stated", "server", "file"];

/** By hand, since a schema's library takes longer to load than all data to open. */
export function catalogSource(read: Readonly<Record<string, unknown>>): CatalogSource | undefined {
  const { name, feed, records, date, dateFrom, imported, ecosystems, file, bytes, sha256, content } = read;
  if (typeof name !== "string" || typeof feed !== "string" || typeof records !== "number") return undefined;
  if (typeof date !== "string" || typeof imported !== "string" || typeof bytes !== "number") return undefined;
  if (typeof file !== "string" || !/^[0-9a-f]{64}\.table$/.test(file)) return undefined;
  if (typeof sha256 !== "string" || file !== `${sha256}.table` || typeof content !== "string")
    return undefined;
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

function downloadOf({ url, etag, lastModified }: Readonly<Record<string, unknown>>): Download | undefined {
  if (typeof url !== "string") return undefined;
  return {
    url,
    ...(typeof etag === "string" ? { etag } : {}),
    ...(typeof lastModified === "string" ? { lastModified } : {}),
  };
}

/** Of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function damagedCatalog(file: string, cause: unknown): InvalidInputError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InvalidInputError(
    "vulnerability-catalog-damaged",
    {
      fr: `Le catalogue des données de vulnérabilités ${quoted(file)} n'est pas lisible (${why}). Importer les données de nouveau dans un autre répertoire, ou retirer celui-ci.`,
      en: `The catalogue of the vulnerability data ${quoted(file)} cannot be read (${why}). Import the data again into another folder, or remove this one.`,
    },
    { cause },
  );
}
