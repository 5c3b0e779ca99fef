import type { UnmatchedReason } from "../../contract/vulnerability-facts.ts";
import { isByDouane } from "../../sbom/documents/read/component.ts";
import type {
  DocumentComponent,
  MissingField,
  SbomDocument,
} from "../../sbom/documents/read/sbom-document.ts";
import type { MatchedComponent } from "./matched-component.ts";

/** What is not known of a component when a field of it is missing; of a version the records say it, if there are any. */
const UNKNOWN_BY: Record<MissingField, UnmatchedReason | undefined> = {
  purl: "unidentified",
  agreement: "contradiction",
  type: "type",
  version: undefined,
  distro: "distribution",
  upstream: "upstream",
};

/** What a document states: the same components as of the image that it was written of, wherever it says as much. */
export function componentsOfDocument({
  components,
  subject,
  tools,
  os,
}: SbomDocument): readonly MatchedComponent[] {
  const diffIds = subject?.diffIds ?? [];
  const isOwnDocument = isByDouane(tools);
  return components.map((component) => ({
    // The release that looks after what its packages brought.
    ...(component.ofDistribution === true && os !== undefined ? { os } : {}),
    ...componentOf(component, diffIds),
    ...(isOwnDocument ? {} : { isOtherTools: true }),
  }));
}

function componentOf(
  { name, version, purl, facts, os, places, missing, ofBase, ofDistribution }: DocumentComponent,
  diffIds: readonly string[],
): MatchedComponent {
  const [place] = places;
  const layer = diffIds.findIndex((diffId) => diffId === place?.layer);
  const lost = missing.flatMap((field) => UNKNOWN_BY[field] ?? []);
  return {
    // Of what no field identifies, the name is what can be told; it is compared with nothing.
    facts: facts ?? { type: "generic", name, version },
    ...(os === undefined ? {} : { os }),
    ...(facts !== undefined || purl === undefined ? {} : { purl }),
    ...(place === undefined ? {} : { path: place.path }),
    ...(place?.inside === undefined ? {} : { inside: place.inside }),
    ...(layer < 0 ? {} : { layer }),
    ...(ofBase === undefined ? {} : { ofBase }),
    // No other document tells by files whose a package is: its place alone would be one to hide in.
    ...(ofDistribution === undefined ? {} : { ofDistribution }),
    ...(lost.length === 0 ? {} : { missing: lost }),
  };
}
