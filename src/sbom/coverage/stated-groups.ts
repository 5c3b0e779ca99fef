import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";

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
