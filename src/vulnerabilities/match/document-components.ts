import type { UnmatchedReason } from "../../contract/vulnerability-facts.ts";
import {
  type DocumentComponent,
  isByDouane,
  type MissingField,
  type SbomDocument,
} from "../../sbom/documents/read/sbom-document.ts";
import type { MatchedComponent } from "./matched-component.ts";

/**
 * Reason why a component cannot be matched without a field; for a missing version, records give the reason.
 */
const UNKNOWN_BY: Record<MissingField, UnmatchedReason | undefined> = {
  purl: "unidentified",
  agreement: "contradiction",
  type: "type",
  version: undefined,
  distro: "distribution",
  upstream: "upstream",
};

/**
 * Components of a document, in the same form as those of an image, as far as the document contains the
 * fields.
 */
export function componentsOfDocument({
  components,
  subject,
  tools,
  os,
}: SbomDocument): readonly MatchedComponent[] {
  const diffIds = subject?.diffIds ?? [];
  const isOwnDocument = isByDouane(tools);
  return components.map((component) => ({
    // Release of the distribution that maintains the packages that it installed.
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
    // Without identifying fields, the name is only shown, not compared.
    facts: facts ?? { type: "generic", name, version },
    ...(os === undefined ? {} : { os }),
    ...(facts !== undefined || purl === undefined ? {} : { purl }),
    ...(place === undefined ? {} : { path: place.path }),
    ...(place?.inside === undefined ? {} : { inside: place.inside }),
    ...(layer < 0 ? {} : { layer }),
    ...(ofBase === undefined ? {} : { ofBase }),
    // Only our own documents record ownership by file lists; a place alone would let a package hide.
    ...(ofDistribution === undefined ? {} : { ofDistribution }),
    ...(lost.length === 0 ? {} : { missing: lost }),
  };
}
