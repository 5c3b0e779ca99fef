import type { Text } from "../../contract/text.ts";
import type { MissingField, SbomDocument } from "../../sbom/documents/read/sbom-document.ts";

const FIELDS: Readonly<Record<MissingField, Text>> = {
  purl: { fr: "package URL absente", en: "no package URL" },
  agreement: {
    fr: "nom ou version en contradiction avec la package URL",
    en: "name or version that contradicts the package URL",
  },
  type: { fr: "écosystème inconnu", en: "unknown ecosystem" },
  version: { fr: "version absente", en: "no version" },
  distro: { fr: "distribution absente", en: "no distribution" },
  upstream: { fr: "paquet source absent", en: "no source package" },
};

/** Number of components without each field that matching vulnerabilities needs, highest first. */
export function missingTexts({ components }: SbomDocument): readonly Text[] {
  const all = components.flatMap(({ missing }) => missing);
  const counts = [...Map.groupBy(all, (field) => field)].toSorted(([, a], [, b]) => b.length - a.length);
  return counts.map(([field, { length }]) => ({
    fr: `${FIELDS[field].fr} : ${length}`,
    en: `${FIELDS[field].en}: ${length}`,
  }));
}
