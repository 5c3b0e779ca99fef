import { jsonText } from "../../report/escape.ts";
import { cycloneDx } from "../../sbom/documents/cyclonedx.ts";
import type { SbomContent } from "../../sbom/documents/document.ts";
import { spdx } from "../../sbom/documents/spdx.ts";
import { spdx3 } from "../../sbom/documents/spdx3.ts";
import { formatParser } from "../command-line/format-target.ts";
import { sbomTable, type TableOptions } from "./table.ts";

/** A form in which an SBOM is written. */
export interface SbomFormat {
  readonly name: string;
  write(content: SbomContent, options: TableOptions): Promise<string> | string;
}

export const TABLE: SbomFormat = { name: "table", write: sbomTable };
export const CYCLONEDX = json("cyclonedx", (content) => cycloneDx(content, "1.6"));

const FORMATS: readonly SbomFormat[] = [
  TABLE,
  CYCLONEDX,
  json("cyclonedx-1.6", (content) => cycloneDx(content, "1.6")),
  json("cyclonedx-1.7", (content) => cycloneDx(content, "1.7")),
  json("spdx", spdx),
  json("spdx-2.3", spdx),
  json("spdx-3", spdx3),
  json("spdx-3.0.1", spdx3),
];

export const parseSbomFormat = formatParser(FORMATS);

function json(name: string, documentOf: (content: SbomContent) => object): SbomFormat {
  return { name, write: (content) => `${jsonText(documentOf(content))}\n` };
}
