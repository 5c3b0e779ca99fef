import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { signatureOver } from "../../attest/keys/sign.ts";
import { UnavailableError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { replaceByCopy, replaceFile } from "../../files/draft-file.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { writing } from "../../files/write-failure.ts";
import { type CatalogSource, readCatalog, TABLES_FOLDER } from "../database/catalog.ts";
import { type DataIndex, MEDIA_TYPES, SIGNATURE_ANNOTATION } from "../database/data-index.ts";
import type { IndexedDelta } from "../database/indexed-delta.ts";
import { TABLE_FORMAT } from "../database/table/table-format.ts";
import { blobPath, type EarlierExport, readEarlierExport } from "./earlier-export.ts";
import { exportDeltas } from "./export-deltas.ts";

export interface ExportOptions {
  readonly now: Date;
  /** PEM of a private key. */
  readonly key?: { readonly pem: string; readonly name: string };
  /** Folder of an earlier export for deltas, absolute; default: the target, if it is an export. */
  readonly since?: string;
}

interface BlobDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Writes data as an OCI layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md),
 * which any image tool can push and any web server can serve. Blobs of an earlier export stay for concurrent
 * readers; deltas lead from its tables to the new tables.
 *
 * @param directory directory of the data
 * @param target the layout, new or an earlier export
 * @throws UnavailableError vulnerability-data-missing
 * @throws WriteFailure
 * @throws UsageError export-target-taken, signing-key-invalid, earlier-export-unreadable
 */
export function exportLayout(
  directory: string,
  target: string,
  { now, key, since }: ExportOptions,
): DataIndex {
  const sources = readCatalog(directory)?.sources ?? [];
  if (sources.length === 0) throw nothingToExport(directory);
  verifyTarget(target);
  const earlier = since === undefined ? exportIn(target) : readEarlierExport(since);
  const blobs = join(target, "blobs", "sha256");
  writing(blobs, () => makeFolders(blobs));
  const tables = sources.map((source) => putTable(directory, target, source));
  const index: DataIndex = {
    format: TABLE_FORMAT,
    created: now.toISOString(),
    sources: sources.map(withoutDownload),
    deltas: earlier === undefined ? [] : exportDeltas(target, sources, earlier),
  };
  const bytes = Buffer.from(JSON.stringify(index));
  const signature = key === undefined ? undefined : signatureOver(bytes, key.pem, key.name);
  const manifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    artifactType: MEDIA_TYPES.artifact,
    config: putBlob(target, MEDIA_TYPES.index, bytes),
    layers: [...tables, ...index.deltas.map(deltaDescriptor)],
    annotations: {
      "org.opencontainers.image.created": index.created,
      ...(signature === undefined ? {} : { [SIGNATURE_ANNOTATION]: signature }),
    },
  };
  const listed = {
    ...putBlob(target, MEDIA_TYPES.manifest, Buffer.from(JSON.stringify(manifest))),
    artifactType: MEDIA_TYPES.artifact,
    annotations: { "org.opencontainers.image.ref.name": "latest" },
  };
  replaceFile(join(target, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  replaceFile(join(target, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [listed] }));
  return index;
}

/** The source without the publisher's own download address. */
function withoutDownload(source: CatalogSource): CatalogSource {
  const { name, feed, records, date, dateFrom, imported, ecosystems, file, bytes, sha256, content } = source;
  return { name, feed, records, date, dateFrom, imported, ecosystems, file, bytes, sha256, content };
}

function putTable(
  directory: string,
  target: string,
  { file, sha256, bytes, name }: CatalogSource,
): BlobDescriptor {
  const path = blobPath(target, sha256);
  if (!existsSync(path)) replaceByCopy(join(directory, TABLES_FOLDER, file), path);
  return {
    mediaType: MEDIA_TYPES.table,
    digest: `sha256:${sha256}`,
    size: bytes,
    annotations: { "org.opencontainers.image.title": name },
  };
}

function deltaDescriptor({ source, sha256, bytes }: IndexedDelta): BlobDescriptor {
  return {
    mediaType: MEDIA_TYPES.delta,
    digest: `sha256:${sha256}`,
    size: bytes,
    annotations: { "org.opencontainers.image.title": source },
  };
}

function putBlob(target: string, mediaType: string, bytes: Buffer): BlobDescriptor {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  replaceFile(blobPath(target, sha256), bytes);
  return { mediaType, digest: `sha256:${sha256}`, size: bytes.length };
}

/** Names of an export whose first run failed or was killed: the index is written last. */
const UNFINISHED = ["blobs", "oci-layout"];

/** Checks that the target is new, empty, or an earlier export. */
function verifyTarget(target: string): void {
  if (!existsSync(target)) return;
  if (readdirSync(target).every((name) => UNFINISHED.includes(name))) return;
  if (existsSync(join(target, "oci-layout")) && isExport(target)) return;
  throw new UsageError("export-target-taken", {
    fr: `${quoted(target)} contient déjà autre chose. Nommer un répertoire nouveau, vide, ou un export précédent.`,
    en: `${quoted(target)} already contains other files. Give a new or empty folder, or one with an earlier export.`,
  });
}

/**
 * Earlier export in the target; undefined if the folder is new or unreadable, so that there are no deltas.
 */
function exportIn(target: string): EarlierExport | undefined {
  if (!existsSync(join(target, "index.json"))) return undefined;
  try {
    return readEarlierExport(target);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function isExport(target: string): boolean {
  try {
    return readFileSync(join(target, "index.json"), "utf8").includes(MEDIA_TYPES.artifact);
  } catch {
    return false;
  }
}

function nothingToExport(directory: string): UnavailableError {
  return new UnavailableError("vulnerability-data-missing", {
    fr: `Aucune donnée de vulnérabilités dans ${quoted(directory)} : il n'y a rien à exporter.`,
    en: `No vulnerability data in ${quoted(directory)}: there is nothing to export.`,
  });
}
