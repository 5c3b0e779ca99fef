import type { Component, SbomContent } from "./document.ts";

/** Name and value. */
export type Property = readonly [string, string];

/**
 * Facts without a field in any format, under our own property names: place of a package, cataloger, source.
 *
 * @param diffIds diffIds of the image's layers
 */
export function componentProperties(
  { facts, catalogers }: Component,
  diffIds: readonly string[],
): readonly Property[] {
  const { alias, source, inside, hidden, ofBase, ofDistribution, ofOtherSystem, groupGuessed } = facts;
  const stated: readonly (readonly [string, string | undefined])[] = [
    ...catalogers.map((cataloger) => ["cataloger", cataloger] as const),
    ["alias", alias],
    ["source:name", source?.name],
    ["source:version", source?.version],
    ["path", facts.path],
    ["inside", inside],
    ["layer", diffIds[facts.layer]],
    ["hidden", hidden && "true"],
    ["base", ofBase && "true"],
    ["other-system", ofOtherSystem && "true"],
    ["distribution", ofDistribution && "true"],
    ["group", groupGuessed && "guessed"],
  ];
  return stated.flatMap(([name, value]) => (value === undefined ? [] : [[`douane:${name}`, value] as const]));
}

/** Identity of the image, and parts of the image that were not read. */
export function imageProperties({ subject, gaps }: SbomContent): readonly Property[] {
  const { imageId, digest, platform, diffIds } = subject;
  return [
    ["douane:image:id", imageId],
    ...(digest === undefined ? [] : [["douane:image:digest", digest] as const]),
    ["douane:image:platform", platform],
    ...diffIds.map((diffId) => ["douane:image:layer", diffId] as const),
    ...gaps.map(({ en }) => ["douane:unread", en] as const),
  ];
}

/**
 * Completeness of the document: `incomplete` if a part was not read, `unknown` if the image contains programs
 * without a package.
 */
export function completenessOf({ gaps, packages }: SbomContent): "complete" | "incomplete" | "unknown" {
  if (gaps.length > 0) return "incomplete";
  return packages.executables.unowned > 0 ? "unknown" : "complete";
}
