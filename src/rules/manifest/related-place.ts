import type { Place } from "../../contract/finding.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { excerpt } from "../../contract/shown.ts";

/** `ClusterPolicy add-host-network`, as sentences name it. */
export function relatedTitle({ kind, name }: RelatedFacts): string {
  return name === "" ? excerpt(kind) : `${excerpt(kind)} ${excerpt(name)}`;
}

/** The same with the file that holds it, where a sentence has no other place. */
export function relatedPlace(object: RelatedFacts): string {
  return `${relatedTitle(object)} (${excerpt(object.file)}:${object.line})`;
}

export function placeOf({ file, line }: RelatedFacts): Place {
  return { file, line };
}
