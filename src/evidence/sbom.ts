import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { maskSbom } from "../secrets/sbom.ts";
import type { AttachedSbom } from "./attached-sboms.ts";
import { coverageOf, withStatedGroups } from "./coverage/coverage.ts";
import type { ImageContents } from "./layers/facts/image-contents.ts";

/**
 * Packages of an image, from its layers and the SBOMs in them.
 *
 * @param attached SBOMs beside the image
 */
export function sbomFacts(
  { packages: seen, sboms }: Pick<ImageContents, "packages" | "sboms">,
  attached: readonly AttachedSbom[],
): SbomFacts {
  const documents = [...sboms.documents, ...attached.map(({ found }) => found)];
  const raw: RawSbom = { packages: seen, documents, otherDocuments: sboms.otherDocuments };
  if (!documents.some(({ state }) => state === "valid")) return maskSbom(raw);
  const stated = new Set([...sboms.stated, ...attached.flatMap((one) => one.stated)]);
  const packages = withStatedGroups(seen, stated);
  return maskSbom({ ...raw, packages, coverage: coverageOf(packages, stated) });
}
