import { isWithoutSources } from "../../contract/distribution-packages.ts";
import type { ComponentFacts, ImagePackages, OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import type { UnmatchedReason, VulnerableComponent } from "../../contract/vulnerability-facts.ts";

/** Component to be matched, from an image or from a document. */
export interface MatchedComponent extends Pick<VulnerableComponent, "path" | "inside" | "layer" | "ofBase"> {
  readonly facts: PackageFacts;
  /** Release of the distribution, from the image or document. */
  readonly os?: OsFacts;
  /** Package URL as written in a document; absent: derived from the facts. */
  readonly purl?: string;
  /**
   * Set for a component of another tool's document: the name may be in lower case, and a Go path may be a
   * package inside a module.
   */
  readonly isOtherTools?: true;
  /** Set if a distribution package installed the component, so that the distribution's records apply. */
  readonly ofDistribution?: true;
  /** Reasons why matching is incomplete: fields that the document lacks. */
  readonly missing?: readonly UnmatchedReason[];
}

/**
 * Components declared by an image's files.
 *
 * @param baseLayers number of layers of a verified base
 */
export function componentsOfImage(
  { components, os }: Pick<ImagePackages, "components" | "os">,
  baseLayers = 0,
): readonly MatchedComponent[] {
  return components.map((facts) => {
    const { path, inside, layer, ofBase, ofDistribution } = facts;
    return {
      facts,
      ...(os === undefined ? {} : { os }),
      path,
      ...(inside === undefined ? {} : { inside }),
      layer,
      ...(ofDistribution === true ? { ofDistribution } : {}),
      ...missingOf(facts),
      ...(ofBase === true || layer < baseLayers ? { ofBase: true } : {}),
    };
  });
}

function missingOf({
  cataloger,
  ofOtherSystem,
}: Pick<ComponentFacts, "cataloger" | "ofOtherSystem">): Pick<MatchedComponent, "missing"> {
  const missing = [
    ...(ofOtherSystem === true ? ["distribution" as const] : []),
    ...(isWithoutSources(cataloger) ? ["upstream" as const] : []),
  ];
  return missing.length === 0 ? {} : { missing };
}

/** Place of the component, as far as known. */
export function placeOf({
  path,
  inside,
  layer,
}: MatchedComponent): Pick<VulnerableComponent, "path" | "inside" | "layer"> {
  return {
    ...(path === undefined ? {} : { path }),
    ...(inside === undefined ? {} : { inside }),
    ...(layer === undefined ? {} : { layer }),
  };
}
