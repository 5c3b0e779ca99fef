import type { ComponentFacts } from "../../contract/package-facts.ts";
import { isDistributions } from "../distribution.ts";

type Placed = Pick<ComponentFacts, "type" | "name" | "version" | "source" | "path">;

/**
 * Whether what states a package of a language was installed by a package of the distribution: where
 * distributions put such, and one of that name and version is installed (`python3-requests` 2.32.3-1
 * brings `requests` 2.32.3). Scanners leave these out, and a document of theirs is no worse for it; a
 * place alone would be one to hide in.
 */
export function ownedByDistribution(
  components: readonly Omit<Placed, "path">[],
): (component: Placed) => boolean {
  const byWord = new Map<string, string[]>();
  for (const { type, name, version, source } of components) {
    if (!isDistributions({ type })) continue;
    const versions = [upstreamVersion(version), ...(source ? [upstreamVersion(source.version)] : [])];
    for (const word of new Set([...words(name), ...words(source?.name ?? "")])) {
      const known = byWord.get(word);
      if (known === undefined) byWord.set(word, versions);
      else known.push(...versions);
    }
  }
  if (byWord.size === 0) return () => false;
  return ({ type, name, version, path }) => {
    if (isDistributions({ type }) || !OWN_PLACES.test(path)) return false;
    return (byWord.get(normal(name)) ?? []).some((upstream) => isOf(upstream, version));
  };
}

/** `2.32.3+dfsg-5` is of `2.32.3`, and not of `2.32.30`. */
function isOf(upstream: string, version: string): boolean {
  return version !== "" && upstream.startsWith(version) && !/^\d/.test(upstream.slice(version.length));
}

const OWN_PLACES = /^\/usr\/(?:lib|share)\//;

/** A package's name, and that without what distributions put before and behind a language's. */
function words(name: string): readonly string[] {
  const whole = normal(name);
  return [
    whole,
    whole.replace(/^(?:python3?|py3|node|nodejs|ruby|rubygem|perl|php|lib|golang)-?|-java$/g, ""),
  ];
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Without its epoch. */
function upstreamVersion(version: string): string {
  return version.replace(/^\d{1,9}:/, "");
}
