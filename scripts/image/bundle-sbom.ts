import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../src/cli/process/version.ts";
import { purlOf } from "../../src/sbom/purl.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Heading of a notice, as scripts/package/notices.ts writes it. */
const NOTICE = /^={80}\n(?<name>\S+) (?<version>\S+) \((?<license>[^)\n]+)\)\n={80}$/gm;

/** Component of a CycloneDX document. */
export interface SbomComponent {
  readonly type: "library";
  readonly "bom-ref": string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly licenses?: readonly object[];
  readonly purl: string;
  readonly evidence?: object;
}

/**
 * Packages of the bundle as a CycloneDX document that names each of its files, since neither the npm package
 * nor the image contains another record of them.
 *
 * @param files of the bundle
 * @throws Error if the notices name no package, because their format changed
 */
export function bundleSbom(files: readonly string[]): string {
  const itself = { type: "application", "bom-ref": "douane", name: "douane", version: VERSION };
  const components = bundleComponents(files);
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { ...itself, purl: purlOf({ type: "npm", name: "douane", version: VERSION }) } },
    components,
    dependencies: [{ ref: "douane", dependsOn: components.map((one) => one["bom-ref"]) }],
    compositions: [{ aggregate: "complete", assemblies: ["douane"] }],
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** @throws Error if the notices name no package */
export function bundleComponents(files: readonly string[]): readonly SbomComponent[] {
  const notices = readFileSync(join(ROOT, "THIRD-PARTY-NOTICES"), "utf8");
  const evidence = { occurrences: files.toSorted().map((location) => ({ location })) };
  const components = [...notices.matchAll(NOTICE)].map(({ groups = {} }) => {
    const { name = "", version = "", license = "" } = groups;
    return { ...componentOf({ name, version, license }), evidence };
  });
  if (components.length === 0) throw new Error("THIRD-PARTY-NOTICES names no package");
  return components;
}

interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

function componentOf({ name: full, version, license }: Notice): SbomComponent {
  const licenses = [{ license: { id: license } }];
  // Code of another project within a package, which states no version of it: `undici@8.13.1`.
  if (version.includes("@")) {
    const purl = purlOf({ type: "generic", name: full, version: "" });
    return { type: "library", "bom-ref": `${full} in ${version}`, name: full, licenses, purl };
  }
  const [name = "", namespace] = full.split("/").toReversed();
  const facts = { type: "npm" as const, name, version, ...(namespace === undefined ? {} : { namespace }) };
  return {
    type: "library",
    "bom-ref": `${full}@${version}`,
    ...(namespace === undefined ? {} : { group: namespace }),
    name,
    version,
    licenses,
    purl: purlOf(facts),
  };
}

/** Numbers of interfaces and of data formats, which are no code of other projects. */
const NO_PARTS = new Set(["node", "modules", "napi"]);

/**
 * Libraries that are linked into this Node, by the names that it gives them (process.versions).
 *
 * @param place path of Node
 */
export function nodeComponents(place: string): readonly SbomComponent[] {
  return Object.entries(process.versions).flatMap(([name, version = ""]) => {
    if (NO_PARTS.has(name) || version === "") return [];
    const purl = purlOf({ type: "generic", name, version });
    const evidence = { occurrences: [{ location: place }] };
    return [{ type: "library", "bom-ref": `node:${name}@${version}`, name, version, purl, evidence }];
  });
}
