import type { Place } from "../../contract/finding.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { excerpt } from "../../contract/shown.ts";

/** Name of an object in sentences: `ClusterPolicy add-host-network`. */
export function relatedTitle({ kind, name }: RelatedFacts): string {
  return name === "" ? excerpt(kind) : `${excerpt(kind)} ${excerpt(name)}`;
}

/** Name of an object with its file, for sentences without another place. */
export function relatedPlace(object: RelatedFacts): string {
  return `${relatedTitle(object)} (${excerpt(object.file)}:${object.line})`;
}

export function placeOf({ file, line }: RelatedFacts): Place {
  return { file, line };
}
