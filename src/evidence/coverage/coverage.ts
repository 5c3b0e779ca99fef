import { isDistributions } from "../../contract/distribution-packages.ts";
import { LIMITS } from "../../contract/limits.ts";
import {
  type ComponentFacts,
  type ImagePackages,
  PACKAGE_TYPES,
  type PackageFacts,
} from "../../contract/package-facts.ts";
import { type PackageKey, packageKey, packageOf } from "../../contract/package-key.ts";
import { packageName } from "../../contract/package-name.ts";
import type { EcosystemCoverage, NamedPackages, SbomCoverage } from "../../contract/sbom-facts.ts";

interface Seen {
  readonly facts: ComponentFacts;
  readonly key: PackageKey;
}

/**
 * Share of the found packages that documents name, each package once. Language packages that a distribution's
 * package installed belong to it, and are not required separately.
 *
 * @param written keys of the documents' packages: see writtenKey()
 */
export function coverageOf({ components }: ImagePackages, written: ReadonlySet<string>): SbomCoverage {
  const byKey = new Map([...written].map((one) => [keyOf(one), one]));
  const stated = new Set(byKey.keys());
  const names = new Set([...stated].map(withoutVersion));
  const seen = seenPackages(components);
  const ecosystems = PACKAGE_TYPES.flatMap((type) => {
    const all = seen.filter(({ facts }) => facts.type === type);
    return all.length === 0 ? [] : [ecosystem(all, stated, names)];
  });
  // Includes packages that need not be covered: a document that names them names no unknown packages.
  const known = new Set(components.map((facts) => packageKey(facts).exact));
  const unversioned = new Set(
    components.filter((facts) => !isVersioned(facts)).map((facts) => packageKey(facts).name),
  );
  const unseen = [...stated].filter((key) => !known.has(key) && !unversioned.has(withoutVersion(key)));
  const kept = unseen.toSorted(byCodeUnits).slice(0, LIMITS.unseenPackages);
  return {
    ecosystems,
    unseen: named(unseen.map(shownKey)),
    unseenPackages: kept.map((key) => byKey.get(key) ?? key),
  };
}

/**
 * Key of a written package; reuses the same string if possible, since documents name a hundred thousand
 * packages.
 */
function keyOf(written: string): string {
  const facts = packageOf(written);
  const exact = facts === undefined ? written : packageKey(facts).exact;
  return exact === written ? written : exact;
}

function seenPackages(components: readonly ComponentFacts[]): readonly Seen[] {
  const byKey = new Map<string, Seen>();
  for (const facts of components) {
    if (facts.ofDistribution === true) continue;
    const key = packageKey(facts);
    if (!byKey.has(key.exact)) byKey.set(key.exact, { facts, key });
  }
  return [...byKey.values()];
}

function ecosystem(
  all: readonly [Seen, ...Seen[]] | readonly Seen[],
  stated: ReadonlySet<string>,
  names: ReadonlySet<string>,
): EcosystemCoverage {
  const isNamed = ({ facts, key }: Seen): boolean =>
    stated.has(key.exact) || (!isVersioned(facts) && names.has(key.name));
  const missing = all.filter((one) => !isNamed(one));
  const type = all[0]?.facts.type ?? "generic";
  return {
    type,
    source: isDistributions({ type }) ? "system" : "application",
    packages: all.length,
    named: all.length - missing.length,
    missing: named(missing.map(({ facts }) => `${packageName(facts)} ${facts.version}`.trim())),
    otherVersion: missing.filter(({ key }) => names.has(key.name)).length,
  };
}

function withoutVersion(exact: string): string {
  return exact.slice(0, exact.lastIndexOf("@"));
}

/** Package as shown to users: `npm/left-pad@1.0.0`. */
function shownKey(exact: string): string {
  const name = withoutVersion(exact);
  return `${name.slice(name.indexOf("/") + 1)} ${exact.slice(name.length + 1)}`.trim();
}

function named(names: readonly string[]): NamedPackages {
  return { count: names.length, names: names.toSorted(byCodeUnits).slice(0, LIMITS.missingNamed) };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Packages with the missing groups of jars filled in, if a document that counts names exactly one artifact
 * with that name and version.
 *
 * @param stated keys of the documents' packages: see writtenKey()
 */
export function withStatedGroups(packages: ImagePackages, stated: ReadonlySet<string>): ImagePackages {
  const groups = groupsByArtifact(stated);
  if (groups.size === 0) return packages;
  return { ...packages, components: packages.components.map((facts) => withGroup(facts, groups)) };
}

function withGroup(facts: ComponentFacts, groups: ReadonlyMap<string, string>): ComponentFacts {
  const { namespace, groupGuessed, ...others } = facts;
  if (facts.type !== "maven" || (namespace !== undefined && groupGuessed !== true)) return facts;
  const group = groups.get(`${facts.name}@${facts.version}`) ?? "";
  return group === "" || facts.version === "" ? facts : { ...others, namespace: group };
}

/** Groups by `artifact@version`; "" if there are several. */
function groupsByArtifact(stated: ReadonlySet<string>): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const key of stated) {
    if (!key.startsWith(MAVEN)) continue;
    const at = key.lastIndexOf("/");
    const [group, artifact] = [key.slice(MAVEN.length, at), key.slice(at + 1)];
    if (group !== "") groups.set(artifact, groups.has(artifact) ? "" : group);
  }
  return groups;
}

const MAVEN = "maven/";

/** Whether a package has a version. Only Go's main module, if built from a working copy, has none. */
function isVersioned({ version }: Pick<PackageFacts, "version">): boolean {
  return version !== "" && version !== "(devel)";
}
