import { type Fields, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import type { DocumentFile } from "./sbom-document.ts";

/**
 * Names of the algorithms in the formats: `SHA-256`, `SHA256`, `sha256`. MD5 and SHA-1 are left out: different
 * files can be made with the same hash.
 */
const ALGORITHM = /^sha-?(256|512)$/i;
const HEXADECIMAL = { "256": /^[0-9a-f]{64}$/, "512": /^[0-9a-f]{128}$/ } as const;

/** Digest in the form `sha256:…`; undefined for other algorithms and for texts of the wrong length. */
function digestBy(algorithm: string, hash: string): string | undefined {
  const [, bits] = ALGORITHM.exec(algorithm) ?? [];
  const hex = hash.toLowerCase();
  if ((bits !== "256" && bits !== "512") || !HEXADECIMAL[bits].test(hex)) return undefined;
  return `sha${bits}:${hex}`;
}

/**
 * File of an element with hashes; empty without a SHA-256 or SHA-512.
 *
 * @param name path of the file, or only its name
 * @param hashes pairs of algorithm and hexadecimal value
 * @param isDescribed whether the document states the packages in the element
 */
export function documentFile(
  name: string,
  hashes: readonly (readonly [string, string])[],
  isDescribed: () => boolean,
): readonly DocumentFile[] {
  const digests = hashes.flatMap(([algorithm, hash]) => digestBy(algorithm, hash) ?? []);
  if (digests.length === 0) return [];
  const path = pathOf(name);
  return [
    {
      ...(path === undefined ? {} : { path }),
      digests,
      ...(isDescribed() ? { isDescribed: true } : {}),
    },
  ];
}

/** Path from the root: `/app/server.js` of `./app/server.js`; a name without a folder may be anywhere. */
function pathOf(name: string): string | undefined {
  if (!name.includes("/")) return undefined;
  return name.startsWith("/") ? name : `/${name.replace(/^\.\//, "")}`;
}

/** Pairs of two text fields of the objects in a list. */
export function pairsAt(
  fields: Fields,
  list: string,
  [first, second]: readonly [string, string],
): readonly (readonly [string, string])[] {
  return objectsAt(fields, list).flatMap((one) => {
    const pair = [textAt(one, first), textAt(one, second)] as const;
    return pair[0] === undefined || pair[1] === undefined ? [] : [[pair[0], pair[1]] as const];
  });
}

/** A relationship between two elements, by their references. */
export interface Relation {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

/** Relationships of a whole to its built-in parts, in the spelling of SPDX 2 without `_`. */
const HOLDS = new Set(["contains", "dependson", "staticlink", "hasstaticlink", "generatedfrom"]);
/** Relationships from the part to the whole. */
const IS_HELD = new Set(["containedby", "dependencyof", "generates"]);

/**
 * References of elements that contain at least one of the packages.
 *
 * @param packages references of packages
 */
export function holdersOf(
  relations: readonly Relation[],
  packages: ReadonlySet<string>,
): ReadonlySet<string> {
  const holders = new Set<string>();
  for (const { from, type, to } of relations) {
    const name = type.replaceAll("_", "").toLowerCase();
    if (HOLDS.has(name) && from !== to && packages.has(to)) holders.add(from);
    if (IS_HELD.has(name) && from !== to && packages.has(from)) holders.add(to);
  }
  return holders;
}

/** Relationships of elements with a list of targets. */
export function relationsAt(
  elements: readonly Fields[],
  { from, type, to }: { readonly from: string; readonly type: (one: Fields) => string; readonly to: string },
): readonly Relation[] {
  return elements.flatMap((one) =>
    textsAt(one, to).map((target) => ({ from: textAt(one, from) ?? "", type: type(one), to: target })),
  );
}
