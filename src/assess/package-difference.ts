import type { PackageFacts } from "../contract/package-facts.ts";
import { packageName } from "../contract/package-name.ts";
import { componentsOf, type SbomContent } from "../sbom/documents/document.ts";
import type { SbomDocument } from "../sbom/documents/read/sbom-document.ts";

/** Package that only one of two lists contains. */
interface OneSided extends Pick<ListedPackage, "type" | "name"> {
  /** Versions, sorted, since several may be installed. */
  readonly versions: readonly string[];
}

/** A package that is in both lists, with different versions. */
interface Changed extends Pick<ListedPackage, "type" | "name"> {
  /** Versions only in the first list; empty if a version was added. */
  readonly from: readonly string[];
  /** Versions only in the second list; empty if a version was removed. */
  readonly to: readonly string[];
}

/** Differences of two package lists, each part sorted by type and name. */
export interface PackageDifference {
  readonly added: readonly OneSided[];
  readonly removed: readonly OneSided[];
  readonly changed: readonly Changed[];
  /** Number of packages that are in both lists with the same versions. */
  readonly same: number;
}

export function packageDifference(
  before: readonly ListedPackage[],
  after: readonly ListedPackage[],
): PackageDifference {
  const [olds, news] = [byName(before), byName(after)];
  const added = [...news].flatMap(([key, one]) => (olds.has(key) ? [] : [oneSided(one)]));
  const removed = [...olds].flatMap(([key, one]) => (news.has(key) ? [] : [oneSided(one)]));
  const both = [...olds].flatMap(([key, old]) => {
    const now = news.get(key);
    return now === undefined ? [] : [changed(old, now)];
  });
  const changes = both.filter(({ from, to }) => from.length + to.length > 0);
  return { added, removed, changed: changes, same: both.length - changes.length };
}

interface Versions extends Pick<ListedPackage, "type" | "name"> {
  readonly versions: Set<string>;
}

/** Versions by package, sorted by type and name. */
function byName(packages: readonly ListedPackage[]): ReadonlyMap<string, Versions> {
  const found = new Map<string, Versions>();
  for (const { type, name, version } of packages) {
    const key = `${type}\0${name}`;
    const { versions } = found.get(key) ?? { versions: new Set<string>() };
    found.set(key, { type, name, versions: versions.add(version) });
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function oneSided({ type, name, versions }: Versions): OneSided {
  return { type, name, versions: [...versions].toSorted() };
}

function changed({ type, name, versions }: Versions, now: Versions): Changed {
  return {
    type,
    name,
    from: [...versions].filter((version) => !now.versions.has(version)).toSorted(),
    to: [...now.versions].filter((version) => !versions.has(version)).toSorted(),
  };
}

/** A package for comparing lists, regardless of place and cataloger. */
export interface ListedPackage {
  /** Type of its purl, such as `deb`; `unknown` if a document has none. */
  readonly type: PackageFacts["type"] | "unknown";
  /** Name in the ecosystem's form: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** Version; "" if there is none. */
  readonly version: string;
}

export function packagesOfImage(content: SbomContent): readonly ListedPackage[] {
  return componentsOf(content).map(({ facts }) => listed(facts));
}

/** All components of a document, including those of unknown ecosystems. */
export function packagesOfDocument({ components }: SbomDocument): readonly ListedPackage[] {
  return components.map(({ facts, name, version }) =>
    facts === undefined ? { type: "unknown", name, version } : listed(facts),
  );
}

function listed(facts: PackageFacts): ListedPackage {
  return { type: facts.type, name: packageName(facts), version: facts.version };
}
