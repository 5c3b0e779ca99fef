import type { ComponentFacts } from "../../contract/package-facts.ts";
import { purlOf } from "../purl.ts";
import type { SbomContent } from "./document.ts";

/** A package at one place of an image. */
export interface Component {
  /**
   * Unique reference in the document: the purl, followed by `#` and the place if the package is at several.
   */
  readonly ref: string;
  readonly purl: string;
  readonly facts: ComponentFacts;
  /** Catalogers that found the package there; two may read one file. */
  readonly catalogers: readonly string[];
}

/** Components sorted by purl and place, so that the same image gives the same document. */
export function componentsOf({ packages }: SbomContent): readonly Component[] {
  const byPurl = Map.groupBy(packages.components, (facts) => purlOf(facts, packages.os));
  const sorted = [...byPurl].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([purl, all]) => {
    const byPlace = [...Map.groupBy(all, placeOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return byPlace.flatMap(([place, found]) => {
      // Visible packages are preferred over hidden ones.
      const seen = found.find(({ hidden }) => hidden === undefined) ?? found[0];
      if (seen === undefined) return [];
      const facts = found.every(({ ofDistribution }) => ofDistribution) ? seen : ofItsOwn(seen);
      const ref = byPlace.length === 1 ? purl : `${purl}#${encodeURI(place.toWellFormed())}`;
      return [{ ref, purl, facts, catalogers: [...new Set(found.map(({ cataloger }) => cataloger))] }];
    });
  });
}

/**
 * Facts without the mark of the distribution: the package is also installed by other means, in another layer.
 */
function ofItsOwn({ ofDistribution: _ofDistribution, ...facts }: ComponentFacts): ComponentFacts {
  return facts;
}

/** Place of the file that declares the package: `/app/a.jar`, or `/app/a.jar!/BOOT-INF/lib/b.jar`. */
export function placeOf({ path, inside }: Pick<ComponentFacts, "path" | "inside">): string {
  return inside === undefined ? path : `${path}!/${inside}`;
}
