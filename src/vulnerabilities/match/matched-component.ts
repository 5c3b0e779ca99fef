import type { ComponentFacts, ImagePackages, OsFacts, PackageFacts } from "../../contract/package-facts.ts";
import type { UnmatchedReason, VulnerableComponent } from "../../contract/vulnerability-facts.ts";
import { isWithoutSources } from "../../sbom/distribution.ts";

/** A component as it is compared, whatever states it. */
export interface MatchedComponent extends Pick<VulnerableComponent, "path" | "inside" | "layer" | "ofBase"> {
  readonly facts: PackageFacts;
  /** The release of the distribution, by what states the component. */
  readonly os?: OsFacts;
  /** As a document has it; absent: by the facts. */
  readonly purl?: string;
  /** Another tool's document states it: its name may be in lower case, a module of Go a package within one. */
  readonly isOtherTools?: true;
  /** A package of the distribution brought it: what the distribution says of that counts. */
  readonly ofDistribution?: true;
  /** What a document does not say of it, and matching needs. */
  readonly missing?: readonly UnmatchedReason[];
}

/**
 * What an image's files state.
 *
 * @param baseLayers how many of its layers are a verified base's
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

/** Where it is stated, as far as that is known. */
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
