import type { UnreadPackages } from "../../../contract/package-facts.ts";
import type { DescribedScripts } from "../../../sbom/embedded/embedded-sbom.ts";
import { BUNDLE, SOURCE_MAP } from "../analyzers/found-bundles.ts";
import type { LayerList } from "./hidden-packages.ts";
import type { StartedBundle } from "./started-bundles.ts";

/**
 * Lists from bundles and source maps of the bundles that the image starts. If a map names every module's
 * package and version, the bundle's comments are ignored.
 */
export function ofStartedBundles(
  lists: readonly LayerList[],
  bundles: readonly StartedBundle[],
): readonly LayerList[] {
  const stating = new Set(
    bundles.flatMap(({ layer, entry, map, isCovered }) => [
      ...(isCovered ? [] : [`${BUNDLE} ${layer} ${entry}`]),
      ...(map === undefined ? [] : [`${SOURCE_MAP} ${map.layer} ${map.entry}`]),
    ]),
  );
  return lists.filter(
    ({ list: { cataloger, entry }, layer }) =>
      (cataloger !== BUNDLE && cataloger !== SOURCE_MAP) || stating.has(`${cataloger} ${layer} ${entry}`),
  );
}

/**
 * Bundles that neither a source map nor an SBOM covers.
 *
 * @param described files whose packages SBOMs state
 */
export function undescribed(
  bundles: readonly StartedBundle[],
  described: DescribedScripts,
): readonly UnreadPackages[] {
  return bundles
    .filter(({ isCovered, ...bundle }) => !isCovered && !described.has(bundle))
    .map(({ path, layer }) => ({ path, layer, cataloger: BUNDLE, why: "bundle" }));
}
