import type { PackageFacts } from "../../../contract/package-facts.ts";
import { type Fields, fieldsOf, objectAt, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import { propertiesInComment } from "../comment.ts";
import { componentOf, isItselfPackage, type Stated, withoutUpstream } from "./component.ts";
import { documentFile, holdersOf, pairsAt, relationsAt } from "./document-files.ts";
import { furtherElements } from "./further-elements.ts";
import { ownStated } from "./own-properties.ts";
import { layerWithoutPlace, placeIn } from "./places.ts";
import { type Properties, properties } from "./properties.ts";
import { repeatedRefs } from "./references.ts";
import type { DocumentFile, DocumentSubject, SbomDocument, SbomForm } from "./sbom-document.ts";
import { SPDX_2, spdxSubject, spdxSystem } from "./spdx-subject.ts";

/**
 * Content of an SPDX 2.2 or 2.3 JSON document (https://spdx.github.io/spdx-spec/v2.3/).
 *
 * @param value valid by SPDX_SHAPE
 */
export function readSpdx(value: unknown, encoding: SbomForm["encoding"] = "json"): SbomDocument {
  const document = fieldsOf(value);
  const packages = objectsAt(document, "packages");
  const described = describedIn(document);
  const subject = packages.find((one) => described.has(textAt(one, "SPDXID") ?? ""));
  const system = packages.find((one) => purposeOf(one) === "OPERATING-SYSTEM");
  const os = system && spdxSystem(system, SPDX_2);
  const stated = packages.filter(
    (one) => one !== system && (one !== subject || isItselfPackage(purlOf(one))) && isPackage(one),
  );
  const found = stated.map((one) => componentOf(statedOf(one), os));
  const creation = objectAt(document, "creationInfo");
  const created = textAt(creation, "created");
  const id = textAt(document, "documentNamespace");
  const own = subject && propertiesOf(subject);
  const tools = textsAt(creation, "creators").flatMap((creator) =>
    creator.startsWith("Tool: ") ? [creator.slice("Tool: ".length)] : [],
  );
  return {
    format: "SPDX",
    encoding,
    version: (textAt(document, "spdxVersion") ?? "").replace("SPDX-", ""),
    ...(subject === undefined ? {} : { subject: subjectOf(subject) }),
    ...(id === undefined ? {} : { id }),
    ...(created === undefined ? {} : { created }),
    tools,
    ...aboutOf(document, creation),
    ...(os === undefined ? {} : { os }),
    components: withoutUpstream(found, tools),
    files: filesOf(document, described, stated),
    vulnerabilities: packages.flatMap((one) => objectsAt(one, "externalRefs")).filter(isAdvisory).length,
    incomplete: own?.all("douane:unread") ?? [],
    remarks: repeatedRefs(packages.flatMap((one) => textsAt(one, "SPDXID"))),
  };
}

/** Files and packages with checksums; packages are stated for the whole of a relationship, and for the subject. */
function filesOf(
  document: Fields,
  subjects: ReadonlySet<string>,
  packages: readonly Fields[],
): readonly DocumentFile[] {
  const relationships = objectsAt(document, "relationships");
  const relations = relationsAt(relationships, {
    from: "spdxElementId",
    type: (one) => textAt(one, "relationshipType") ?? "",
    to: "relatedSpdxElement",
  });
  const holders = holdersOf(relations, new Set(packages.flatMap((one) => textsAt(one, "SPDXID"))));
  const isOfOthers = (one: Fields) => packages.some((other) => other !== one);
  return [...objectsAt(document, "files"), ...objectsAt(document, "packages")].flatMap((one) => {
    const id = textAt(one, "SPDXID") ?? "";
    const name = textAt(one, "fileName") ?? textAt(one, "packageFileName") ?? "";
    const checksums = pairsAt(one, "checksums", ["algorithm", "checksumValue"]);
    return documentFile(name, checksums, () => holders.has(id) || (subjects.has(id) && isOfOthers(one)));
  });
}

/** Authors of a document, and whether it states relations. */
function aboutOf(document: Fields, creation: Fields): Pick<SbomDocument, "authors" | "isRelated"> {
  const authors = textsAt(creation, "creators").filter((creator) => !creator.startsWith("Tool: "));
  const isRelated = objectsAt(document, "relationships").some(
    (one) => !["DESCRIBES", "DESCRIBED_BY"].includes(textAt(one, "relationshipType") ?? "DESCRIBES"),
  );
  return { ...(authors.length === 0 ? {} : { authors }), ...(isRelated ? { isRelated: true } : {}) };
}

/** Elements that the document describes, by relationship, or by the field of older versions. */
function describedIn(document: Fields): ReadonlySet<string> {
  const related = objectsAt(document, "relationships").flatMap((one) => {
    const type = textAt(one, "relationshipType");
    if (type === "DESCRIBES") return textsAt(one, "relatedSpdxElement");
    return type === "DESCRIBED_BY" ? textsAt(one, "spdxElementId") : [];
  });
  return new Set([...textsAt(document, "documentDescribes"), ...related]);
}

/** Purpose in the specification's spelling; its JSON schema has `_` for `-`. */
function purposeOf(fields: Fields): string {
  return (textAt(fields, "primaryPackagePurpose") ?? "").replaceAll("_", "-");
}

/** Whether an element is a package, rather than an image, a source tree or a lock file (trivy). */
function isPackage(fields: Fields): boolean {
  if (purlOf(fields) !== undefined) return true;
  const purpose = purposeOf(fields);
  if (["CONTAINER", "SOURCE", "FILE", "ARCHIVE"].includes(purpose)) return false;
  return !(textAt(fields, "SPDXID") ?? "").startsWith("SPDXRef-Application-");
}

function purlOf(fields: Fields): string | undefined {
  const refs = objectsAt(fields, "externalRefs").filter((one) => one["referenceType"] === "purl");
  return refs.map((one) => textAt(one, "referenceLocator"))[0];
}

function isAdvisory(ref: Fields): boolean {
  const type = textAt(ref, "referenceType") ?? "";
  return ["advisory", "fix", "swid-vulnerability"].includes(type);
}

/** Properties in annotations: names and values in our comments, attribution texts in trivy's documents. */
function propertiesOf(fields: Fields): Properties {
  const attributions = textsAt(fields, "attributionTexts").flatMap((text) => {
    const colon = text.indexOf(": ");
    return colon < 0 ? [] : [[`aquasecurity:trivy:${text.slice(0, colon)}`, text.slice(colon + 2)] as const];
  });
  return properties([...propertiesInComment(textAt(fields, "comment") ?? ""), ...attributions]);
}

function statedOf(fields: Fields): Stated {
  const own = propertiesOf(fields);
  const sourceInfo = textAt(fields, "sourceInfo") ?? "";
  const purl = purlOf(fields);
  const supplier = textAt(fields, "supplier");
  const source = sourceIn(sourceInfo);
  const stated = ownStated(own);
  const places = stated.places.length > 0 ? stated.places : placesIn(sourceInfo, own);
  const declared = textAt(fields, "licenseDeclared");
  const isSaid = declared !== undefined && declared !== "NOASSERTION" && declared !== "NONE";
  return {
    ref: textAt(fields, "SPDXID") ?? "",
    name: textAt(fields, "name") ?? "",
    version: textAt(fields, "versionInfo") ?? "",
    ...(purl === undefined ? {} : { purl }),
    ...(supplier?.startsWith(ORGANIZATION) === true ? { supplier: supplier.slice(ORGANIZATION.length) } : {}),
    ...(source === undefined ? {} : { source }),
    ...stated,
    ...furtherElements(
      objectsAt(fields, "checksums").flatMap((one) => textsAt(one, "algorithm")),
      () => false,
    ),
    licenses: stated.licenses.length > 0 || !isSaid ? stated.licenses : [declared],
    places,
    ...layerWithoutPlace(own, places),
  };
}

const ORGANIZATION = "Organization: ";
const BUILT = "built package from: ";
const ACQUIRED = "from the following paths: ";

/** Source package in trivy's text: `built package from: glibc 2.41-12`. */
function sourceIn(sourceInfo: string): PackageFacts["source"] {
  const [name, version] = sourceInfo.startsWith(BUILT) ? sourceInfo.slice(BUILT.length).split(" ") : [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/**
 * Places in syft's text: `acquired package info from DPKG DB: /var/lib/dpkg/status, …`; trivy names only the
 * layer.
 */
function placesIn(sourceInfo: string, own: Properties): Stated["places"] {
  const layer = own.first("aquasecurity:trivy:LayerDiffID");
  const at = sourceInfo.indexOf(ACQUIRED);
  const colon = sourceInfo.startsWith("acquired package info from ") ? sourceInfo.indexOf(": ") : -1;
  const start = at >= 0 ? at + ACQUIRED.length : colon + 2;
  if (at < 0 && colon < 0) return [];
  return sourceInfo
    .slice(start)
    .split(", ")
    .map((path) => placeIn(path, layer));
}

function subjectOf(fields: Fields): DocumentSubject {
  return spdxSubject(fields, SPDX_2, { purl: purlOf(fields), own: propertiesOf(fields) });
}
