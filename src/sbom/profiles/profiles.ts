import type { Text } from "../../contract/text.ts";
import type { DocumentComponent, FurtherElement, SbomDocument } from "../documents/read/sbom-document.ts";

/** A field required by a list of minimum elements. */
interface Element<Of> {
  readonly name: Text;
  readonly isStated: (of: Of) => boolean;
}

/** A list of minimum elements that an authority requires of SBOMs. */
export interface Profile {
  readonly id: "ntia" | "cisa" | "bsi";
  /** Elements required once per document. */
  readonly document: readonly Element<SbomDocument>[];
  /** Elements required of each component. */
  readonly component: readonly Element<DocumentComponent>[];
}

const AUTHOR: Element<SbomDocument> = {
  name: { fr: "auteur du SBOM", en: "author of the SBOM" },
  isStated: ({ authors = [] }) => authors.length > 0,
};
const TIMESTAMP: Element<SbomDocument> = {
  name: { fr: "horodatage", en: "timestamp" },
  isStated: ({ created }) => created !== undefined && !Number.isNaN(Date.parse(created)),
};
const RELATIONS: Element<SbomDocument> = {
  name: { fr: "relations de dépendance", en: "dependency relationships" },
  isStated: ({ isRelated }) => isRelated === true,
};
const TOOL: Element<SbomDocument> = {
  name: { fr: "nom de l'outil", en: "tool name" },
  isStated: ({ tools }) => tools.length > 0,
};
const CONTEXT: Element<SbomDocument> = {
  name: { fr: "contexte de génération", en: "generation context" },
  isStated: ({ phase }) => phase !== undefined,
};

const NAME: Element<DocumentComponent> = {
  name: { fr: "nom", en: "name" },
  isStated: ({ name }) => name !== "",
};
const VERSION: Element<DocumentComponent> = {
  name: { fr: "version", en: "version" },
  isStated: ({ version, facts }) => version !== "" || (facts?.version ?? "") !== "",
};
const IDENTIFIER: Element<DocumentComponent> = {
  name: { fr: "identifiant (package URL)", en: "identifier (package URL)" },
  isStated: ({ purl }) => purl !== undefined,
};
const LICENSE: Element<DocumentComponent> = {
  name: { fr: "licence", en: "licence" },
  isStated: ({ facts }) => facts?.licenses !== undefined,
};

/**
 * Element for the supplier.
 *
 * @param name name of the field in the list
 */
function supplier(name: Text): Element<DocumentComponent> {
  return { name, isStated: ({ facts }) => facts?.supplier !== undefined };
}

function further(element: FurtherElement, name: Text): Element<DocumentComponent> {
  return { name, isStated: (component) => component.further?.includes(element) === true };
}

export const PROFILES: readonly Profile[] = [
  {
    // https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom (July 2021)
    id: "ntia",
    document: [AUTHOR, TIMESTAMP, RELATIONS],
    component: [supplier({ fr: "fournisseur", en: "supplier" }), NAME, VERSION, IDENTIFIER],
  },
  {
    // CISA, 2025 Minimum Elements for a Software Bill of Materials, draft of August 2025
    id: "cisa",
    document: [AUTHOR, TIMESTAMP, RELATIONS, TOOL, CONTEXT],
    component: [
      supplier({ fr: "producteur", en: "producer" }),
      NAME,
      VERSION,
      IDENTIFIER,
      further("hash", { fr: "empreinte", en: "hash" }),
      LICENSE,
    ],
  },
  {
    // BSI, TR-03183-2 (version 2), required fields
    id: "bsi",
    document: [AUTHOR, TIMESTAMP, RELATIONS],
    component: [
      supplier({ fr: "créateur", en: "creator" }),
      NAME,
      VERSION,
      LICENSE,
      further("filename", { fr: "nom de fichier", en: "file name" }),
      further("sha-512", { fr: "empreinte SHA-512", en: "SHA-512 hash" }),
      further("executable", { fr: "propriété « exécutable »", en: "executable property" }),
      further("archive", { fr: "propriété « archive »", en: "archive property" }),
      further("structured", { fr: "propriété « structuré »", en: "structured property" }),
    ],
  },
];

/** An element of a profile that is missing in a document or in some of its components. */
export interface MissingElement {
  readonly name: Text;
  /** Components without the element, as `name version`; absent if the document itself lacks the element. */
  readonly components?: readonly string[];
}

export function missingElements(document: SbomDocument, profile: Profile): readonly MissingElement[] {
  const own = profile.document.flatMap(({ name, isStated }) => (isStated(document) ? [] : [{ name }]));
  const ofComponents = profile.component.flatMap(({ name, isStated }) => {
    const lacking = document.components.filter((component) => !isStated(component));
    const components = lacking.map((one) => `${one.name} ${one.version}`.trim());
    return components.length === 0 ? [] : [{ name, components }];
  });
  return [...own, ...ofComponents];
}
