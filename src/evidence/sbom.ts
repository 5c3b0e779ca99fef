import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { coverageOf } from "../sbom/coverage/coverage.ts";
import { maskSbom } from "../secrets/sbom.ts";
import type { ImageContents } from "./layers/image-contents.ts";

/** What an image is made of, by its layers and by the SBOMs in them. */
export function sbomFacts({
  packages,
  sboms: { documents, otherDocuments, stated },
}: Pick<ImageContents, "packages" | "sboms">): SbomFacts {
  const raw: RawSbom = { packages, documents, otherDocuments };
  const counts = documents.some(({ state }) => state === "valid");
  return maskSbom(counts ? { ...raw, coverage: coverageOf(packages, new Set(stated)) } : raw);
}
