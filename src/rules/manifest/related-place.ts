import type { Place } from "../../contract/finding.ts";
import { shownLocation } from "../../contract/object-location.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { excerpt } from "../../contract/shown.ts";

/** Name of an object in sentences: `ClusterPolicy add-host-network`. */
export function relatedTitle({ kind, name }: RelatedFacts): string {
  return name === "" ? excerpt(kind) : `${excerpt(kind)} ${excerpt(name)}`;
}

/** Name of an object with its location, for sentences without another place. */
export function relatedPlace(object: RelatedFacts): string {
  return `${relatedTitle(object)} (${shownLocation(object.at)})`;
}

export function placeOf({ at }: RelatedFacts): Place {
  return at.in === "file" ? { file: at.file, line: at.line } : { uid: at.uid };
}
