import type { Digest } from "../../../contract/image-facts.ts";
import type { OsFacts, PackageFacts } from "../../../contract/package-facts.ts";
import { packageName } from "../../../contract/package-name.ts";
import { type Fields, fieldsOf, listAt, objectAt, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import { componentOf, isItselfPackage, type Stated, withoutUpstream } from "./component.ts";
import { digestOfHex } from "./digests.ts";
import { documentFile, holdersOf, pairsAt, relationsAt } from "./document-files.ts";
import { furtherElements } from "./further-elements.ts";
import { ownStated } from "./own-properties.ts";
import { layerWithoutPlace, placesOf } from "./places.ts";
import { type Properties, propertiesOf } from "./properties.ts";
import { repeatedRefs } from "./references.ts";
import type { DocumentFile, DocumentSubject, SbomDocument } from "./sbom-document.ts";
import { subjectDigests } from "./subject-digests.ts";

/**
 * Content of a CycloneDX JSON document (https://cyclonedx.org/docs/1.6/json/).
 *
 * @param value valid by CYCLONEDX_SHAPE
 */
export function readCycloneDx(value: unknown, encoding: "json" | "xml" = "json"): SbomDocument {
  const document = fieldsOf(value);
  const metadata = objectAt(document, "metadata");
  const described = metadata["component"] === undefined ? undefined : objectAt(metadata, "component");
  const all = [...(described === undefined ? [] : nested(described)), ...nested(document)];
  const os = all.filter(({ type }) => type === "operating-system").map(osOf)[0];
  const itself = described !== undefined && isItselfPackage(textAt(described, "purl")) ? [described] : [];
  const packages = [...itself, ...all.filter(isPackage)].map((component) =>
    componentOf(statedOf(component), os),
  );
  const subject = described && subjectOf(described);
  const tools = toolsOf(metadata);
  const id = textAt(document, "serialNumber");
  const created = textAt(metadata, "timestamp");
  return {
    format: "CycloneDX",
    encoding,
    version: textAt(document, "specVersion") ?? "",
    ...(subject === undefined ? {} : { subject }),
    ...(id === undefined ? {} : { id }),
    ...(created === undefined ? {} : { created }),
    tools,
    ...aboutOf(document, metadata),
    ...(os === undefined ? {} : { os }),
    components: withoutUpstream(packages, tools),
    files: filesOf(document, described, all),
    vulnerabilities: listAt(document, "vulnerabilities").length,
    incomplete: incompleteOf(document),
    remarks: repeatedRefs(refsOf(described, all)),
  };
}

/**
 * Components with hashes. A component's packages count as stated if a package contains or depends on it, if
 * the document is about it, or if the document declares its assembly complete.
 */
function filesOf(
  document: Fields,
  subject: Fields | undefined,
  all: readonly Fields[],
): readonly DocumentFile[] {
  const packages = all.filter(isPackage);
  const refs = new Set(packages.flatMap((one) => textsAt(one, "bom-ref")));
  const dependencies = objectsAt(document, "dependencies");
  const related = { from: "ref", type: () => "DEPENDS_ON", to: "dependsOn" };
  const complete = objectsAt(document, "compositions").filter((one) => one["aggregate"] === "complete");
  const holders = new Set([
    ...holdersOf(relationsAt(dependencies, related), refs),
    ...complete.flatMap((one) => textsAt(one, "assemblies")),
  ]);
  const fileOf = (component: Fields, isSubject: boolean) =>
    documentFile(
      textAt(component, "name") ?? "",
      pairsAt(component, "hashes", ["alg", "content"]),
      () =>
        holders.has(textAt(component, "bom-ref") ?? "") ||
        (isSubject ? packages.length > 0 : nested(component).some(isPackage)),
    );
  return [
    ...(subject === undefined ? [] : fileOf(subject, true)),
    ...all.flatMap((component) => fileOf(component, false)),
  ];
}

/** Components below a component, at all levels. */
function nested(parent: Fields): readonly Fields[] {
  return objectsAt(parent, "components").flatMap((component) => [component, ...nested(component)]);
}

const PACKAGES = new Set(["library", "framework", "application", "platform", "firmware", "device-driver"]);

/**
 * Whether a component is a package: it has a purl, or its type is a program or library. Lock files, which
 * trivy lists as applications, are excluded.
 */
function isPackage(component: Fields): boolean {
  const type = textAt(component, "type") ?? "";
  if (type === "operating-system") return false;
  if (textAt(component, "purl") !== undefined) return true;
  return PACKAGES.has(type) && !propertiesOf(component).has("aquasecurity:trivy:Class");
}

function statedOf(component: Fields): Stated {
  const properties = propertiesOf(component);
  const name = textAt(component, "name") ?? "";
  const group = textAt(component, "group");
  const purl = textAt(component, "purl");
  const source = trivySource(properties);
  const own = ownStated(properties);
  const places = own.places.length > 0 ? own.places : placesOf(component, properties);
  const supplier = textAt(objectAt(component, "supplier"), "name");
  const isMaven = purl?.startsWith("pkg:maven/") === true;
  return {
    ref: textAt(component, "bom-ref") ?? "",
    name: packageName({
      type: isMaven ? "maven" : "generic",
      ...(group === undefined ? {} : { namespace: group }),
      name,
    }),
    version: textAt(component, "version") ?? "",
    ...(group === undefined ? {} : { group }),
    ...(purl === undefined ? {} : { purl }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(source === undefined ? {} : { source }),
    ...own,
    ...furtherElements(
      objectsAt(component, "hashes").flatMap((hash) => textsAt(hash, "alg")),
      (one) => properties.has(one),
    ),
    licenses: licensesOf(component),
    places,
    ...layerWithoutPlace(properties, places),
  };
}

function licensesOf(component: Fields): readonly string[] {
  return objectsAt(component, "licenses").flatMap((one) => {
    const license = objectAt(one, "license");
    const stated = textAt(one, "expression") ?? textAt(license, "id") ?? textAt(license, "name");
    return stated === undefined ? [] : [stated];
  });
}

/** Source package in trivy's properties, where rpm's version is split. */
function trivySource(properties: Properties): PackageFacts["source"] {
  const name = properties.first("aquasecurity:trivy:SrcName");
  const upstream = properties.first("aquasecurity:trivy:SrcVersion");
  if (name === undefined || upstream === undefined) return undefined;
  const release = properties.first("aquasecurity:trivy:SrcRelease");
  const epoch = properties.first("aquasecurity:trivy:SrcEpoch");
  const whole = release === undefined ? upstream : `${upstream}-${release}`;
  return { name, version: epoch === undefined ? whole : `${epoch}:${whole}` };
}

function osOf(component: Fields): OsFacts {
  const properties = propertiesOf(component);
  const version = textAt(component, "version") ?? properties.first("syft:distro:versionID");
  const name = textAt(component, "description") ?? properties.first("syft:distro:prettyName");
  return {
    id: properties.first("syft:distro:id") ?? textAt(component, "name") ?? "",
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
  };
}

function subjectOf(described: Fields): DocumentSubject {
  const properties = propertiesOf(described);
  const version = textAt(described, "version");
  const kind = textAt(described, "type");
  const purl = textAt(described, "purl");
  const name = textAt(described, "name") ?? "";
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(kind === undefined ? {} : { kind }),
    ...(purl === undefined ? {} : { purl }),
    ...subjectDigests([version, name, purl, textAt(described, "bom-ref")], properties, hashesOf(described)),
  };
}

function hashesOf(described: Fields): readonly Digest[] {
  return objectsAt(described, "hashes").flatMap((hash) => {
    const digest = textAt(hash, "alg") === "SHA-256" ? digestOfHex(textAt(hash, "content") ?? "") : undefined;
    return digest === undefined ? [] : [digest];
  });
}

/** Authors of a document, its lifecycle phase, and whether it states relations. */
function aboutOf(document: Fields, metadata: Fields): Pick<SbomDocument, "authors" | "phase" | "isRelated"> {
  const makers = ["manufacturer", "manufacture", "supplier"].map((key) => objectAt(metadata, key));
  const authors = [...objectsAt(metadata, "authors"), ...makers].flatMap((one) => textsAt(one, "name"));
  const [lifecycle = {}] = objectsAt(metadata, "lifecycles");
  const phase = textAt(lifecycle, "phase") ?? textAt(lifecycle, "name");
  const isRelated = objectsAt(document, "dependencies").some((one) => listAt(one, "dependsOn").length > 0);
  return {
    ...(authors.length === 0 ? {} : { authors }),
    ...(phase === undefined ? {} : { phase }),
    ...(isRelated ? { isRelated: true } : {}),
  };
}

/** Tools: a list until version 1.4, components and services since then. */
function toolsOf(metadata: Fields): readonly string[] {
  const tools = metadata["tools"];
  const all = Array.isArray(tools) ? objectsAt(metadata, "tools") : objectsAt(fieldsOf(tools), "components");
  return all.map((tool) => [...textsAt(tool, "name"), ...textsAt(tool, "version")].join(" "));
}

function incompleteOf(document: Fields): readonly string[] {
  const aggregates = objectsAt(document, "compositions").flatMap((one) => textsAt(one, "aggregate"));
  const described = objectAt(objectAt(document, "metadata"), "component");
  const own = propertiesOf(described).all("douane:unread");
  return [...new Set([...own, ...aggregates.filter((one) => one.startsWith("incomplete"))])];
}

function refsOf(described: Fields | undefined, all: readonly Fields[]): readonly string[] {
  return [...(described === undefined ? [] : [described]), ...all].flatMap((one) => textsAt(one, "bom-ref"));
}
