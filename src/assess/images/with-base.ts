import type { BaseFacts } from "../../contract/image-facts.ts";
import { stillMasked } from "../../contract/masked.ts";
import type { RawSbom, SbomFacts } from "../../contract/sbom-facts.ts";

/** The facts with packages of a verified base's layers marked; a guessed base marks nothing. */
export function withBase(sbom: SbomFacts, base: BaseFacts | undefined): SbomFacts {
  if (base === undefined) return sbom;
  const raw: RawSbom = sbom;
  const components = raw.packages.components.map((one) =>
    one.layer < base.layers ? { ...one, ofBase: true as const } : one,
  );
  return stillMasked({ ...raw, packages: { ...raw.packages, components } }, sbom);
}
