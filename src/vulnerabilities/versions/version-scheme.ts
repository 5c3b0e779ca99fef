import { LIMITS } from "../../contract/limits.ts";

/**
 * Order of versions in an ecosystem. An invalid version compares with nothing: undefined, which callers
 * report as unknown, never as not affected.
 */
export interface VersionScheme {
  readonly name: string;
  readonly isVersion: (text: string) => boolean;
  /** Negative if `a` is older, 0 if both are equal in the ecosystem, positive if `a` is newer. */
  readonly compare: (a: string, b: string) => number | undefined;
  /**
   * Comparison of one version with many others, for which the version is parsed only once; undefined if the
   * version is invalid.
   */
  readonly comparedWith: (version: string) => ((other: string) => number | undefined) | undefined;
}

/**
 * A scheme made of a parser and an order.
 *
 * @param parse takes linear time; never gets a text longer than LIMITS.packageNameCharacters
 * @param order a total order
 */
export function versionScheme<Version>(
  name: string,
  parse: (text: string) => Version | undefined,
  order: (a: Version, b: Version) => number,
): VersionScheme {
  const read = (text: string): Version | undefined =>
    text.length > LIMITS.packageNameCharacters ? undefined : parse(text);
  const comparedWith: VersionScheme["comparedWith"] = (text) => {
    const version = read(text);
    if (version === undefined) return undefined;
    return (other) => {
      const parsed = read(other);
      return parsed === undefined ? undefined : order(version, parsed);
    };
  };
  return {
    name,
    isVersion: (text) => read(text) !== undefined,
    compare: (a, b) => comparedWith(a)?.(b),
    comparedWith,
  };
}
