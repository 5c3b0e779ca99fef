import type { FurtherElement } from "./sbom-document.ts";

/** BSI's property taxonomy of CycloneDX: `bsi:component:filename`. */
const BSI_PROPERTIES = ["filename", "executable", "archive", "structured"] as const;

/**
 * Further elements stated for a component.
 *
 * @param algorithms algorithms of its hashes, in the format's spelling: `SHA-512`, `SHA512`, `sha512`
 * @param hasProperty whether the component has a property with this name
 */
export function furtherElements(
  algorithms: readonly string[],
  hasProperty: (name: string) => boolean,
): { readonly further?: readonly FurtherElement[] } {
  const isLong = algorithms.some((algorithm) => /^sha-?512$/i.test(algorithm));
  const further: readonly FurtherElement[] = [
    ...(algorithms.length > 0 ? ["hash" as const] : []),
    ...(isLong ? ["sha-512" as const] : []),
    ...BSI_PROPERTIES.filter((name) => hasProperty(`bsi:component:${name}`)),
  ];
  return further.length === 0 ? {} : { further };
}
