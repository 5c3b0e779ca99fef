import type { Digest } from "../../../contract/image-facts.ts";
import { digestsIn } from "./digests.ts";
import type { Properties } from "./properties.ts";
import type { DocumentSubject } from "./sbom-document.ts";

const LAYERS = ["douane:image:layer", "aquasecurity:trivy:DiffID"];
const CONFIGS = ["douane:image:id", "aquasecurity:trivy:ImageID"];

/**
 * Digests that identify an image, from its name, version, purl, hashes or properties; digests of its layers
 * are separate.
 */
export function subjectDigests(
  texts: readonly (string | undefined)[],
  properties: Properties,
  hashes: readonly Digest[],
): Pick<DocumentSubject, "digests" | "config" | "diffIds"> {
  const others = properties.entries.flatMap(([name, value]) => (LAYERS.includes(name) ? [] : [value]));
  const [config] = digestsIn(CONFIGS.flatMap((name) => properties.all(name)));
  return {
    digests: [...new Set([...digestsIn(texts), ...digestsIn(others), ...hashes])],
    ...(config === undefined ? {} : { config }),
    diffIds: LAYERS.flatMap((name) => properties.all(name)).flatMap((value) => digestsIn([value])),
  };
}
