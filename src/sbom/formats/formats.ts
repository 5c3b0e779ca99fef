import { cycloneDx } from "../documents/cyclonedx.ts";
import type { SbomContent } from "../documents/document.ts";
import { readCycloneDx } from "../documents/read/cyclonedx-json.ts";
import type { SbomDocument } from "../documents/read/sbom-document.ts";
import { spdx } from "../documents/spdx.ts";
import { spdx3 } from "../documents/spdx3.ts";

/**
 * Documents of an image's packages by the name of their format; a name without a version means the default
 * version.
 */
export const DOCUMENT_FORMATS = {
  cyclonedx: (content) => cycloneDx(content, "1.6"),
  "cyclonedx-1.6": (content) => cycloneDx(content, "1.6"),
  "cyclonedx-1.7": (content) => cycloneDx(content, "1.7"),
  spdx,
  "spdx-2.3": spdx,
  "spdx-3": spdx3,
  "spdx-3.0.1": spdx3,
} as const satisfies Readonly<Record<string, (content: SbomContent) => object>>;

/** An image's packages as a document that was read. */
export function asDocument(content: SbomContent): SbomDocument {
  return readCycloneDx(DOCUMENT_FORMATS.cyclonedx(content));
}
