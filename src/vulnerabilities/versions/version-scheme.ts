import { LIMITS } from "../../contract/limits.ts";

/**
 * How an ecosystem orders the versions of its packages. What is no version of the scheme compares with
 * nothing: `undefined`, which callers tell as unknown, never as not affected.
 */
export interface VersionScheme {
  readonly name: string;
  readonly isVersion: (text: string) => boolean;
  /** Below 0 where `a` is the older, 0 where both are the same to the ecosystem, above 0 where `a` is the newer. */
  readonly compare: (a: string, b: string) => number | undefined;
  /**
   * `compare(version, other)` for many others: the version is read once. `undefined` where it is none.
   */
  readonly comparedWith: (version: string) => ((other: string) => number | undefined) | undefined;
}

/**
 * A scheme of its two parts: what reads a text, and what orders what was read.
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
