import type { ComponentFacts } from "../../contract/package-facts.ts";
import { purlOf } from "../purl.ts";
import type { SbomContent } from "./document.ts";

/** One package of an image, wherever it states it: one component a purl. */
export interface Component {
  readonly purl: string;
  readonly facts: ComponentFacts;
  /** All that state it, the first included. */
  readonly places: readonly ComponentFacts[];
}

/** Sorted by purl: the same image gives the same document. */
export function componentsOf({ packages }: SbomContent): readonly Component[] {
  const byPurl = Map.groupBy(packages.components, (facts) => purlOf(facts, packages.os));
  const sorted = [...byPurl].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([purl, places]) => {
    const [facts] = places;
    return facts === undefined ? [] : [{ purl, facts, places }];
  });
}

/** Where it is stated: `/app/a.jar`, or `/app/a.jar!/BOOT-INF/lib/b.jar`. */
export function placeOf({ path, inside }: ComponentFacts): string {
  return inside === undefined ? path : `${path}!/${inside}`;
}

/** The name as its ecosystem writes it: `@scope/name`, `group:artifact`, `vendor/name`. */
export function fullName({
  type,
  namespace,
  name,
}: Pick<ComponentFacts, "type" | "namespace" | "name">): string {
  if (namespace === undefined) return name;
  return `${namespace}${type === "maven" ? ":" : "/"}${name}`;
}
