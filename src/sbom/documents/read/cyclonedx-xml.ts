import type { XmlElement } from "../../../xml/xml-tree.ts";

const NAMESPACE = "http://cyclonedx.org/schema/bom/";

/** CycloneDX version of a root element; undefined for another format. */
export function cycloneDxVersion({ name, namespace }: XmlElement): string | undefined {
  return name === "bom" && namespace.startsWith(NAMESPACE) ? namespace.slice(NAMESPACE.length) : undefined;
}

/** Content of a CycloneDX XML document in the form of its JSON, without extensions. */
export function cycloneDxOfXml(root: XmlElement): object {
  const number = Number(root.attributes.get("version") ?? 1);
  return {
    bomFormat: "CycloneDX",
    specVersion: cycloneDxVersion(root),
    ...attribute(root, "serialNumber", "serialNumber"),
    version: number,
    ...one(root, "metadata", metadata),
    ...some(root, "components", component),
    ...some(root, "dependencies", dependency),
    ...some(root, "compositions", composition),
    ...some(root, "vulnerabilities", () => ({})),
  };
}

/** Children with this name, in the element's own namespace. */
function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === element.namespace);
}

function one(element: XmlElement, name: string, read: (child: XmlElement) => unknown): object {
  const [child] = childrenOf(element, name);
  return child === undefined ? {} : { [name]: read(child) };
}

/** Items of a list element, whatever the names of their elements. */
function some(element: XmlElement, name: string, read: (item: XmlElement) => unknown): object {
  return one(element, name, (list) =>
    list.children.filter(({ namespace }) => namespace === element.namespace).map(read),
  );
}

function text(element: XmlElement, ...names: readonly string[]): object {
  return Object.assign({}, ...names.map((name) => one(element, name, (child) => child.text))) as object;
}

function attribute(element: XmlElement, name: string, as: string): object {
  const value = element.attributes.get(name);
  return value === undefined ? {} : { [as]: value };
}

function metadata(element: XmlElement): object {
  return {
    ...text(element, "timestamp"),
    ...some(element, "lifecycles", (lifecycle) => text(lifecycle, "phase", "name")),
    ...one(element, "tools", tools),
    ...some(element, "authors", organisation),
    ...one(element, "component", component),
    ...one(element, "manufacture", organisation),
    ...one(element, "manufacturer", organisation),
    ...one(element, "supplier", organisation),
    ...some(element, "properties", property),
  };
}

/** Tools: a list until version 1.4, components since then. */
function tools(element: XmlElement): unknown {
  const old = childrenOf(element, "tool");
  return old.length > 0
    ? old.map((tool) => text(tool, "vendor", "name", "version"))
    : some(element, "components", component);
}

function component(element: XmlElement): object {
  return {
    ...attribute(element, "type", "type"),
    ...attribute(element, "bom-ref", "bom-ref"),
    ...text(element, "group", "name", "version", "description", "purl", "cpe", "scope"),
    ...one(element, "supplier", organisation),
    ...some(element, "hashes", (hash) => ({ ...attribute(hash, "alg", "alg"), content: hash.text })),
    ...some(element, "licenses", license),
    ...some(element, "properties", property),
    ...one(element, "evidence", (evidence) =>
      some(evidence, "occurrences", (occurrence) => text(occurrence, "location")),
    ),
    ...some(element, "components", component),
  };
}

/** Name of a person or an organisation. */
function organisation(element: XmlElement): object {
  return text(element, "name");
}

function license(element: XmlElement): object {
  return element.name === "expression"
    ? { expression: element.text }
    : { license: text(element, "id", "name") };
}

function property(element: XmlElement): object {
  return { ...attribute(element, "name", "name"), value: element.text };
}

function composition(element: XmlElement): object {
  return {
    ...text(element, "aggregate"),
    ...some(element, "assemblies", ({ attributes }) => attributes.get("ref")),
  };
}

function dependency(element: XmlElement): object {
  const refs = childrenOf(element, "dependency").flatMap((child) => child.attributes.get("ref") ?? []);
  return { ...attribute(element, "ref", "ref"), dependsOn: refs };
}
