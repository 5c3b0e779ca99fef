import { baseName } from "../../contract/base-name.ts";

/** Kind of a file by its path: an SBOM of the image, of a dependency, or a file that may be one. */
export type SbomKind = "document" | "dependency" | "perhaps";

/**
 * Extensions registered by the formats, which tools look for: SPDX annex on file names, CycloneDX's
 * "recognized file patterns".
 */
const ENDING = /\.(?:spdx|spdx\.json|cdx\.json|cdx\.xml|bom\.json|bom\.xml)$/;

/** Ambiguous file names: the content decides. */
const PERHAPS = new Set(["sbom.json", "bom.json", "sbom.xml", "bom.xml", "sbom"]);

/** Folders in which builders put SBOMs: buildpacks' lifecycle, Docker's images and ours. */
const DIRECTORIES = [
  "/usr/share/sbom/",
  "/usr/local/share/sbom/",
  "/opt/docker/sbom",
  "/layers/sbom/launch/",
];

/** Dependency folders. An SBOM inside one describes that dependency, not the image. */
const DEPENDENCIES =
  /\/(?:node_modules|site-packages|dist-packages|gems|vendor|pkg\/mod|\.m2|\.cargo|_cacache|bower_components|jspm_packages)\/|\.(?:dist-info|egg-info)\//;

/** @param path of the file in its layer */
export function sbomKind(path: string): SbomKind | undefined {
  const name = baseName(path);
  const isNamed = ENDING.test(name);
  if (!isNamed && !PERHAPS.has(name) && !isLaidOut(path, name)) return undefined;
  if (DEPENDENCIES.test(path) || isOfLibrary(path)) return isNamed ? "dependency" : undefined;
  return isNamed ? "document" : "perhaps";
}

/** Path of an application's own SBOM in its jar (Spring Boot's `org.springframework.boot` plugin). */
export const JAR_SBOM = "META-INF/sbom/application.cdx.json";

function isLaidOut(path: string, name: string): boolean {
  return DIRECTORIES.some((directory) => path.startsWith(directory)) && /\.(?:json|xml|spdx)$/.test(name);
}

/** Whether an SBOM of an unpacked jar is a library's: the application's has a fixed name. */
function isOfLibrary(path: string): boolean {
  return path.includes("/META-INF/sbom/") && !path.endsWith(`/${JAR_SBOM}`);
}
