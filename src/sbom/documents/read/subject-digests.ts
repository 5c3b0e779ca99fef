import type { Digest } from "../../../contract/image-facts.ts";
import { digestsIn } from "./digests.ts";
import type { Properties } from "./properties.ts";
import type { DocumentSubject } from "./sbom-document.ts";

const LAYERS = ["douane:image:layer", "aquasecurity:trivy:DiffID"];

/**
 * Digests that identify an image, from its name, version, purl, hashes or properties; digests of its layers
 * are separate.
 */
export function subjectDigests(
  texts: readonly (string | undefined)[],
  properties: Properties,
  hashes: readonly Digest[],
): Pick<DocumentSubject, "digests" | "diffIds"> {
  const others = properties.entries.flatMap(([name, value]) => (LAYERS.includes(name) ? [] : [value]));
  return {
    digests: [...new Set([...digestsIn(texts), ...digestsIn(others), ...hashes])],
    diffIds: LAYERS.flatMap((name) => properties.all(name)).flatMap((value) => digestsIn([value])),
  };
}
