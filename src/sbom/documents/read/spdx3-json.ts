import { type Fields, fieldsOf, isFields, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import { componentOf, isItselfPackage, type Stated, withoutUpstream } from "./component.ts";
import { documentFile, holdersOf, pairsAt, relationsAt } from "./document-files.ts";
import { furtherElements } from "./further-elements.ts";
import { ownStated } from "./own-properties.ts";
import { layerWithoutPlace } from "./places.ts";
import { type Properties, properties } from "./properties.ts";
import { repeatedRefs } from "./references.ts";
import type { DocumentFile, DocumentSubject, SbomDocument } from "./sbom-document.ts";
import { SPDX_3, spdxSubject, spdxSystem } from "./spdx-subject.ts";

/** Elements of a graph by their identifiers. */
class Graph {
  readonly all: readonly Fields[];
  readonly #byId: ReadonlyMap<string, Fields>;

  constructor(all: readonly Fields[]) {
    this.all = all;
    this.#byId = new Map(all.flatMap((one) => idsOf(one).map((id) => [id, one] as const)));
  }

  /** @param value identifier of an element, or the element itself */
  get(value: unknown): Fields {
    if (typeof value === "string") return this.#byId.get(value) ?? {};
    return isFields(value) ? value : {};
  }

  ofType(...types: readonly string[]): readonly Fields[] {
    return this.all.filter(({ type }) => typeof type === "string" && types.includes(type));
  }

  /** Targets of the relationships of one type, by their sources. */
  related(relationshipType: string): ReadonlyMap<string, readonly string[]> {
    const relations = this.ofType("Relationship", "LifecycleScopedRelationship");
    const wanted = relations.filter((one) => one["relationshipType"] === relationshipType);
    const byFrom = Map.groupBy(wanted, (one) => textAt(one, "from") ?? "");
    return new Map([...byFrom].map(([from, ones]) => [from, ones.flatMap((one) => textsAt(one, "to"))]));
  }
}

/**
 * Content of an SPDX 3 JSON-LD document (https://spdx.github.io/spdx-spec/v3.0.1/).
 *
 * @param value valid by SPDX3_SHAPE
 */
export function readSpdx3(value: unknown): SbomDocument {
  const graph = new Graph(objectsAt(fieldsOf(value), "@graph"));
  const [document = {}] = graph.ofType("SpdxDocument");
  const creation = graph.get(document["creationInfo"] ?? graph.ofType("CreationInfo")[0]);
  const packages = graph.ofType("software_Package");
  const subject = subjectIn(graph, document);
  const system = packages.find((one) => one["software_primaryPurpose"] === "operatingSystem");
  const os = system && spdxSystem(system, SPDX_3);
  const licenses = licensesIn(graph);
  const stated = packages.filter(
    (one) => one !== system && (one !== subject || isItselfPackage(purlOf(one))) && isPackage(one),
  );
  const found = stated.map((one) => componentOf(statedOf(one, graph, licenses), os));
  const created = textAt(creation, "created");
  const id = textAt(document, "spdxId");
  const tools = toolsOf(creation, graph);
  const own = subject && propertiesOf(subject);
  const incomplete = [...(own?.all("douane:unread") ?? []), ...incompleteIn(graph)];
  return {
    format: "SPDX",
    encoding: "json",
    version: textAt(creation, "specVersion") ?? "",
    ...(subject === undefined ? {} : { subject: subjectOf(subject) }),
    ...(id === undefined ? {} : { id }),
    ...(created === undefined ? {} : { created }),
    tools,
    ...aboutOf(creation, graph),
    ...(os === undefined ? {} : { os }),
    components: withoutUpstream(found, tools),
    files: filesIn(graph, rootsIn(graph, document), stated),
    vulnerabilities: graph.all.filter(isOfSecurity).length,
    incomplete: [...new Set(incomplete)],
    remarks: repeatedRefs(graph.all.flatMap(idsOf)),
  };
}

function idsOf(element: Fields): readonly string[] {
  return [...textsAt(element, "spdxId"), ...textsAt(element, "@id")];
}

/** Names of tools; if the document names no tool (cdxgen), of their creators. */
function toolsOf(creation: Fields, graph: Graph): readonly string[] {
  const used = textsAt(creation, "createdUsing");
  const makers = used.length > 0 ? used : textsAt(creation, "createdBy");
  return makers.map((id) => textAt(graph.get(id), "name") ?? id);
}

/** Authors of a document (not programs), its lifecycle phase, and whether it states relations. */
function aboutOf(creation: Fields, graph: Graph): Pick<SbomDocument, "authors" | "phase" | "isRelated"> {
  const authors = textsAt(creation, "createdBy").flatMap((id) => {
    const agent = graph.get(id);
    return ["Person", "Organization"].includes(textAt(agent, "type") ?? "") ? textsAt(agent, "name") : [];
  });
  const [phase] = graph.ofType("software_Sbom").flatMap((one) => textsAt(one, "software_sbomType"));
  const isRelated = ["contains", "dependsOn"].some((type) => graph.related(type).size > 0);
  return {
    ...(authors.length === 0 ? {} : { authors }),
    ...(phase === undefined ? {} : { phase }),
    ...(isRelated ? { isRelated: true } : {}),
  };
}

/** First package below a root of the document, or below a root of its SBOM. */
function subjectIn(graph: Graph, document: Fields): Fields | undefined {
  return rootsIn(graph, document).find((one) => one["type"] === "software_Package");
}

function rootsIn(graph: Graph, document: Fields): readonly Fields[] {
  return [document, ...graph.ofType("software_Sbom", "Bom")].flatMap((one) =>
    textsAt(one, "rootElement").map((id) => graph.get(id)),
  );
}

/** Files and packages with hashes; packages are stated for the whole of a relationship, and for a root. */
function filesIn(
  graph: Graph,
  roots: readonly Fields[],
  packages: readonly Fields[],
): readonly DocumentFile[] {
  const relationships = graph.ofType("Relationship", "LifecycleScopedRelationship");
  const relations = relationsAt(relationships, {
    from: "from",
    type: (one) => textAt(one, "relationshipType") ?? "",
    to: "to",
  });
  const holders = holdersOf(relations, new Set(packages.flatMap((one) => textsAt(one, "spdxId"))));
  const subjects = new Set(roots);
  const isOfOthers = (one: Fields) => packages.some((other) => other !== one);
  return graph.ofType("software_File", "software_Package").flatMap((one) => {
    const id = textAt(one, "spdxId") ?? "";
    const hashes = pairsAt(one, "verifiedUsing", ["algorithm", "hashValue"]);
    return documentFile(textAt(one, "name") ?? "", hashes, () => {
      return holders.has(id) || (subjects.has(one) && isOfOthers(one));
    });
  });
}

function isPackage(fields: Fields): boolean {
  const purpose = textAt(fields, "software_primaryPurpose") ?? "";
  return purlOf(fields) !== undefined || !["container", "source", "file", "archive"].includes(purpose);
}

/** Package URL from its own field, or from the identifiers. */
function purlOf(fields: Fields): string | undefined {
  const identifiers = objectsAt(fields, "externalIdentifier");
  const [other] = identifiers.filter((one) => one["externalIdentifierType"] === "packageUrl");
  return textAt(fields, "software_packageUrl") ?? textAt(other ?? {}, "identifier");
}

function statedOf(fields: Fields, graph: Graph, licenses: ReadonlyMap<string, readonly string[]>): Stated {
  const extension = propertiesOf(fields);
  const stated = ownStated(extension);
  const purl = purlOf(fields);
  const ref = textAt(fields, "spdxId") ?? "";
  const supplier = textAt(graph.get(fields["suppliedBy"]), "name");
  return {
    ref,
    name: textAt(fields, "name") ?? "",
    version: textAt(fields, "software_packageVersion") ?? "",
    ...(purl === undefined ? {} : { purl }),
    ...(supplier === undefined ? {} : { supplier }),
    ...stated,
    ...layerWithoutPlace(extension, stated.places),
    ...furtherElements(
      objectsAt(fields, "verifiedUsing").flatMap((one) => textsAt(one, "algorithm")),
      (one) => extension.has(one),
    ),
    licenses: stated.licenses.length > 0 ? stated.licenses : (licenses.get(ref) ?? []),
  };
}

/** Declared licences of packages, by the packages' identifiers. */
function licensesIn(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const declared = graph.related("hasDeclaredLicense");
  return new Map(
    [...declared].map(([from, to]) => [
      from,
      to.flatMap((id) => textsAt(graph.get(id), "simplelicensing_licenseExpression")),
    ]),
  );
}

/** Properties like CycloneDX's, in SPDX's extension profile. */
function propertiesOf(fields: Fields): Properties {
  const entries = objectsAt(fields, "extension")
    .flatMap((extension) => objectsAt(extension, "extension_cdxProperty"))
    .flatMap((entry) => {
      const name = textAt(entry, "extension_cdxPropName");
      const value = textAt(entry, "extension_cdxPropValue");
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    });
  return properties(entries);
}

function subjectOf(fields: Fields): DocumentSubject {
  return spdxSubject(fields, SPDX_3, { purl: purlOf(fields), own: propertiesOf(fields) });
}

/** Reasons for incompleteness: containments that the document declares as incomplete. */
function incompleteIn(graph: Graph): readonly string[] {
  const isIncomplete = graph
    .ofType("Relationship")
    .some((one) => one["relationshipType"] === "contains" && one["completeness"] === "incomplete");
  return isIncomplete ? ["incomplete"] : [];
}

function isOfSecurity(element: Fields): boolean {
  return textAt(element, "type")?.startsWith("security_") === true;
}
