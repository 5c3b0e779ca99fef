import { baseName } from "../../contract/base-name.ts";

/** What a file is by its place: of the image; of a dependency that brought its own; or what may be an SBOM, and need not. */
export type SbomKind = "document" | "dependency" | "perhaps";

/** Endings that formats register, and tools look for: SPDX annex on file names, CycloneDX's "recognized file patterns". */
const ENDING = /\.(?:spdx|spdx\.json|cdx\.json|cdx\.xml|bom\.json|bom\.xml)$/;

/** Names that others use, too: what is in them tells. */
const PERHAPS = new Set(["sbom.json", "bom.json", "sbom.xml", "bom.xml", "sbom"]);

/** Where builders lay them: buildpacks' lifecycle, and what images of Docker's and of ours have. */
const DIRECTORIES = [
  "/usr/share/sbom/",
  "/usr/local/share/sbom/",
  "/opt/docker/sbom",
  "/layers/sbom/launch/",
];

/** Where packages of languages lie: what is in one is about it. */
const DEPENDENCIES =
  /\/(?:node_modules|site-packages|dist-packages|gems|vendor|pkg\/mod|\.m2|\.cargo|_cacache|bower_components|jspm_packages)\/|\.(?:dist-info|egg-info)\//;

/** @param path of a file of a layer */
export function sbomKind(path: string): SbomKind | undefined {
  const name = baseName(path);
  const isNamed = ENDING.test(name);
  if (!isNamed && !PERHAPS.has(name) && !isLaidOut(path, name)) return undefined;
  if (DEPENDENCIES.test(path) || isOfLibrary(path)) return isNamed ? "dependency" : undefined;
  return isNamed ? "document" : "perhaps";
}

/** The one member of a jar that is about what starts it (Spring Boot's `org.springframework.boot` plugin). */
export const JAR_SBOM = "META-INF/sbom/application.cdx.json";

function isLaidOut(path: string, name: string): boolean {
  return DIRECTORIES.some((directory) => path.startsWith(directory)) && /\.(?:json|xml|spdx)$/.test(name);
}

/** What a jar that was unpacked says of itself: the application's own has one name. */
function isOfLibrary(path: string): boolean {
  return path.includes("/META-INF/sbom/") && !path.endsWith(`/${JAR_SBOM}`);
}
