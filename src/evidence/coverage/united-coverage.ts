import { LIMITS } from "../../contract/limits.ts";
import type { EcosystemCoverage, NamedPackages, SbomCoverage } from "../../contract/sbom-facts.ts";

/**
 * Coverage by two sets of documents together. Lists of missing packages are bounded: if both lists are cut,
 * the shorter list is used, so that the result is never higher than the real coverage.
 */
export function unitedCoverage(first: SbomCoverage | undefined, second: SbomCoverage): SbomCoverage {
  if (first === undefined) return second;
  const ecosystems = second.ecosystems.map((one) => {
    const other = first.ecosystems.find(({ type }) => type === one.type);
    return other === undefined ? one : unitedEcosystem(one, other);
  });
  const packages = [...new Set([...(first.unseenPackages ?? []), ...(second.unseenPackages ?? [])])];
  const names = [...new Set([...first.unseen.names, ...second.unseen.names])].toSorted();
  const count = Math.max(first.unseen.count, second.unseen.count, packages.length);
  return {
    ecosystems,
    unseen: { count, names: names.slice(0, LIMITS.missingNamed) },
    unseenPackages: packages.toSorted().slice(0, LIMITS.unseenPackages),
  };
}

function unitedEcosystem(one: EcosystemCoverage, other: EcosystemCoverage): EcosystemCoverage {
  const missing = commonPackages(one.missing, other.missing);
  const named = one.packages - missing.count;
  const otherVersion = Math.min(one.otherVersion, other.otherVersion, missing.count);
  return { ...one, named, missing, otherVersion };
}

/** Packages in both lists; where a list is cut, the shorter of the two. */
function commonPackages(first: NamedPackages, second: NamedPackages): NamedPackages {
  const [shorter, longer] = first.count <= second.count ? [first, second] : [second, first];
  if (longer.count > longer.names.length) return shorter;
  const names = shorter.names.filter((name) => longer.names.includes(name));
  return { count: names.length, names };
}
