import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { fieldsOf } from "../../json/fields.ts";
import { type CatalogSource, catalogSource } from "./catalog.ts";
import { type IndexedDelta, indexedDelta } from "./indexed-delta.ts";
import { READABLE_FORMATS, unreadableFormat } from "./table/table-format.ts";

/** Description of exported data: the config of their artifact, which the signature covers. */
export interface DataIndex {
  /** Format of the tables. */
  readonly format: number;
  /** Time of the export, ISO 8601. */
  readonly created: string;
  readonly sources: readonly CatalogSource[];
  /** Deltas from tables of earlier exports to these tables, newest first per source. */
  readonly deltas: readonly IndexedDelta[];
}

export const MEDIA_TYPES = {
  manifest: "application/vnd.oci.image.manifest.v1+json",
  artifact: "application/vnd.douane.vulnerabilities.v1",
  index: "application/vnd.douane.vulnerabilities.index.v1+json",
  table: "application/vnd.douane.vulnerabilities.table.v1",
  delta: "application/vnd.douane.vulnerabilities.delta.v1",
} as const;

/** Annotation of the manifest with the signature of the index, in Base64. */
export const SIGNATURE_ANNOTATION = "dev.douane.vulnerabilities.signature";

/** @throws InvalidInputError vulnerability-index-malformed, vulnerability-data-format */
export function parseDataIndex(bytes: Uint8Array, name: string): DataIndex {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    throw malformedIndex(name, "JSON");
  }
  const { format, created, sources, deltas = [] } = fieldsOf(document);
  if (typeof format !== "number") throw malformedIndex(name, "format");
  if (!READABLE_FORMATS.includes(format)) throw unreadableFormat(name, format);
  if (typeof created !== "string" || Number.isNaN(Date.parse(created))) throw malformedIndex(name, "created");
  const read = (Array.isArray(sources) ? sources : []).map((source) => catalogSource(fieldsOf(source)));
  const known = read.filter((source) => source !== undefined);
  if (known.length === 0 || known.length < read.length) throw malformedIndex(name, "sources");
  const steps = (Array.isArray(deltas) ? deltas : [undefined]).map((delta) => indexedDelta(fieldsOf(delta)));
  const knownSteps = steps.filter((delta) => delta !== undefined);
  if (knownSteps.length < steps.length) throw malformedIndex(name, "deltas");
  return { format, created, sources: known, deltas: knownSteps };
}

function malformedIndex(name: string, what: string): InvalidInputError {
  return new InvalidInputError("vulnerability-index-malformed", {
    fr: `${quoted(name)} : ce ne sont pas des données exportées par douane (${what}). Les données de cette machine restent.`,
    en: `${quoted(name)}: this is not an export of vulnerability data by douane (${what}). This machine's data stay.`,
  });
}
