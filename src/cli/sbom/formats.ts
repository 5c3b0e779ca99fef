import { UsageError } from "../../contract/error.ts";
import { documentPieces } from "../../report/document-pieces.ts";
import type { SbomContent } from "../../sbom/documents/document.ts";
import type { SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import { DOCUMENT_FORMATS } from "../../sbom/formats/formats.ts";
import { formatParser } from "../command-line/format-target.ts";
import { diffJson } from "./diff-json.ts";
import { diffTable } from "./diff-table.ts";
import { documentTable } from "./document-table.ts";
import type { SbomDiff } from "./sbom-diff.ts";
import { sbomTable, type TableOptions } from "./table.ts";

/** An output format for packages of an image, content of a document, or a difference. */
export interface SbomFormat {
  readonly name: string;
  /** Writer of an image's SBOM; absent if the format is not for images. */
  readonly image?: (content: SbomContent, options: TableOptions) => string | Iterable<string>;
  readonly document?: (document: SbomDocument, options: TableOptions) => string;
  readonly diff?: (diff: SbomDiff, options: TableOptions) => string;
}

export const TABLE: SbomFormat = {
  name: "table",
  image: sbomTable,
  document: documentTable,
  diff: diffTable,
};
export const CYCLONEDX = json("cyclonedx", DOCUMENT_FORMATS.cyclonedx);

const FORMATS: readonly SbomFormat[] = [
  TABLE,
  ...Object.entries(DOCUMENT_FORMATS).map(([name, documentOf]) => json(name, documentOf)),
  { name: "json", diff: diffJson },
];

export const parseSbomFormat = formatParser(FORMATS);

function json(name: string, documentOf: (content: SbomContent) => object): SbomFormat {
  return {
    name,
    *image(content) {
      yield* documentPieces(documentOf(content));
      yield "\n";
    },
  };
}

/** UsageError for a format that does not suit the operand. */
export function notAFormatOf({ name }: SbomFormat, what: "image" | "document" | "diff"): UsageError {
  const one = WHAT[what];
  return new UsageError("format-elsewhere", {
    fr: `--format ${name} n'est pas un format ${one.fr} : ${one.namesFr}.`,
    en: `--format ${name} is not a format of ${one.en}: ${one.namesEn}.`,
  });
}

const WHAT = {
  image: {
    fr: "de SBOM",
    en: "an SBOM",
    namesFr: "table, cyclonedx, spdx… ; json est un format de douane sbom diff",
    namesEn: "table, cyclonedx, spdx…; json is one of `douane sbom diff`",
  },
  document: {
    fr: "pour lire un document",
    en: "a document that is read",
    namesFr: "table. Un SBOM n'est pas converti : ce qu'un autre outil y a mis se perdrait",
    namesEn: "table. An SBOM is not converted: what another tool has put into it would be lost",
  },
  diff: {
    fr: "de douane sbom diff",
    en: "`douane sbom diff`",
    namesFr: "table, json",
    namesEn: "table, json",
  },
} as const;
