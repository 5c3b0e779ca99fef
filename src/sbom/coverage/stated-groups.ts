import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";

/**
 * The same, with the groups of jars that do not state theirs, where a document that counts names one
 * artifact of that name and version. Where it names two, it says nothing.
 *
 * @param stated keys of what documents name: see writtenKey()
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

/** By `artifact@version`; "" where there are several. */
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
