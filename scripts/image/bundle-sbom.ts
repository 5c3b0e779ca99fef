import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../src/cli/process/version.ts";
import { purlOf } from "../../src/sbom/purl.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Heading of a notice, as scripts/package/notices.ts writes it. */
const NOTICE = /^={80}\n(?<name>\S+) (?<version>\S+) \((?<license>[^)\n]+)\)\n={80}$/gm;

/**
 * Packages of the bundle as a CycloneDX document that names each of its files, since the image contains no
 * other record of them.
 *
 * @param files of the bundle, from the image's root
 * @throws Error if the notices name no package, because their format changed
 */
export function bundleSbom(files: readonly string[]): string {
  const notices = readFileSync(join(ROOT, "THIRD-PARTY-NOTICES"), "utf8");
  const occurrences = files.toSorted().map((location) => ({ location }));
  const components = [...notices.matchAll(NOTICE)].map(({ groups = {} }) => {
    const { name: full = "", version = "", license = "" } = groups;
    const [name = "", namespace] = full.split("/").toReversed();
    const facts = { type: "npm" as const, name, version, ...(namespace === undefined ? {} : { namespace }) };
    return {
      type: "library",
      "bom-ref": `${full}@${version}`,
      ...(namespace === undefined ? {} : { group: namespace }),
      name,
      version,
      licenses: [{ license: { id: license } }],
      purl: purlOf(facts),
      evidence: { occurrences },
    };
  });
  if (components.length === 0) throw new Error("THIRD-PARTY-NOTICES names no package");
  const itself = { type: "application", "bom-ref": "douane", name: "douane", version: VERSION };
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { ...itself, purl: purlOf({ type: "npm", name: "douane", version: VERSION }) } },
    components,
    compositions: [{ aggregate: "complete", assemblies: ["douane"] }],
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
