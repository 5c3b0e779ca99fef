import type { OsFacts } from "../../contract/package-facts.ts";
import { packageName } from "../../contract/package-name.ts";
import { type Component, componentsOf, type SbomContent, subjectName, subjectVersion } from "./document.ts";
import { declaredLicense } from "./licenses.ts";
import { completenessOf, componentProperties, imageProperties, type Property } from "./properties.ts";
import { serialOf } from "./serial.ts";
import { completenessText, seconds, shortHash } from "./spdx.ts";

const CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
/** Blank node with the creation information, to which every element refers. */
const CREATION = "_:creation";

type Completeness = "complete" | "incomplete" | "noAssertion";

/** Builders for the elements of one document, each with its own IRI. */
interface Elements {
  readonly idOf: (what: string) => string;
  readonly element: (type: string, id: string, fields: object) => object;
}

/** Document in SPDX 3.0.1 JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/). */
export function spdx3(content: SbomContent): object {
  const { subject, packages, douane, created } = content;
  const components = componentsOf(content);
  const make = elementsOf(`urn:uuid:${serialOf(content, components, "spdx-3.0.1")}`);
  const image = make.idOf("image");
  const system = packages.os === undefined ? [] : [systemPackage(packages.os, make)];
  const found = components.map((component) => packageOf(component, subject.diffIds, make));
  const contained = [
    ...(packages.os === undefined ? [] : [make.idOf("os")]),
    ...components.map(({ ref }) => make.idOf(`package-${shortHash(ref)}`)),
  ];
  const elements = [
    make.element("SoftwareAgent", make.idOf("agent"), { name: "douane" }),
    make.element("Tool", make.idOf("tool"), { name: `douane ${douane}` }),
    imagePackage(content, image, make),
    ...system,
    ...found,
    ...suppliers(components, make),
    ...(contained.length === 0 ? [] : [containment(content, image, contained, make)]),
    ...licensing(components, make),
  ];
  const comment = completenessText(content);
  return {
    "@context": CONTEXT,
    "@graph": [
      {
        type: "CreationInfo",
        "@id": CREATION,
        specVersion: "3.0.1",
        created: seconds(created),
        createdBy: [make.idOf("agent")],
        createdUsing: [make.idOf("tool")],
      },
      make.element("SpdxDocument", make.idOf("document"), {
        name: subjectName(subject),
        comment,
        dataLicense: "https://spdx.org/licenses/CC0-1.0",
        profileConformance: ["core", "software", "simpleLicensing", "extension"],
        rootElement: [make.idOf("sbom")],
      }),
      make.element("software_Sbom", make.idOf("sbom"), {
        comment,
        software_sbomType: ["analyzed"],
        rootElement: [image],
      }),
      ...elements,
    ],
  };
}

function elementsOf(namespace: string): Elements {
  return {
    idOf: (what) => `${namespace}#${what}`,
    element: (type, spdxId, fields) => ({ type, spdxId, creationInfo: CREATION, ...fields }),
  };
}

function imagePackage(content: SbomContent, id: string, { element }: Elements): object {
  const { digest } = content.subject;
  return element("software_Package", id, {
    name: subjectName(content.subject),
    software_packageVersion: subjectVersion(content.subject),
    software_primaryPurpose: "container",
    ...(digest === undefined
      ? {}
      : {
          verifiedUsing: [{ type: "Hash", algorithm: "sha256", hashValue: digest.slice("sha256:".length) }],
        }),
    extension: [extensionOf(imageProperties(content))],
  });
}

function systemPackage({ id, version, name }: OsFacts, { idOf, element }: Elements): object {
  return element("software_Package", idOf("os"), {
    name: id,
    ...(version === undefined ? {} : { software_packageVersion: version }),
    ...(name === undefined ? {} : { description: name }),
    software_primaryPurpose: "operatingSystem",
  });
}

function packageOf(component: Component, diffIds: readonly string[], { idOf, element }: Elements): object {
  const { ref, purl, facts } = component;
  const { version, licenses = [], supplier } = facts;
  const { properties } = declaredLicense(licenses);
  return element("software_Package", idOf(`package-${shortHash(ref)}`), {
    name: packageName(facts),
    ...(version === "" ? {} : { software_packageVersion: version }),
    software_packageUrl: purl,
    software_primaryPurpose: "library",
    ...(supplier === undefined ? {} : { suppliedBy: idOf(`supplier-${shortHash(supplier)}`) }),
    extension: [extensionOf([...componentProperties(component, diffIds), ...properties])],
  });
}

/** Properties like CycloneDX's, in SPDX's extension profile. */
function extensionOf(properties: readonly Property[]): object {
  return {
    type: "extension_CdxPropertiesExtension",
    extension_cdxProperty: properties.map(([name, value]) => ({
      type: "extension_CdxPropertyEntry",
      extension_cdxPropName: name,
      extension_cdxPropValue: value,
    })),
  };
}

function suppliers(components: readonly Component[], { idOf, element }: Elements): readonly object[] {
  const names = new Set(components.flatMap(({ facts }) => facts.supplier ?? []));
  return [...names].map((name) => element("Organization", idOf(`supplier-${shortHash(name)}`), { name }));
}

function containment(
  content: SbomContent,
  from: string,
  to: readonly string[],
  { idOf, element }: Elements,
): object {
  const completeness = { complete: "complete", incomplete: "incomplete", unknown: "noAssertion" } as const;
  return element("Relationship", idOf("contains"), {
    relationshipType: "contains",
    from,
    to,
    completeness: completeness[completenessOf(content)] satisfies Completeness,
  });
}

/** Licence elements, each once, and a relationship from each package to its licences. */
function licensing(components: readonly Component[], { idOf, element }: Elements): readonly object[] {
  const declared = components.flatMap(({ ref, facts }) => {
    const { expression } = declaredLicense(facts.licenses ?? []);
    return expression === undefined ? [] : [{ ref, expression }];
  });
  const expressions = [...new Set(declared.map(({ expression }) => expression))].toSorted();
  return [
    ...expressions.map((expression) =>
      element("simplelicensing_LicenseExpression", idOf(`license-${shortHash(expression)}`), {
        simplelicensing_licenseExpression: expression,
      }),
    ),
    ...declared.map(({ ref, expression }) =>
      element("Relationship", idOf(`declared-${shortHash(ref)}`), {
        relationshipType: "hasDeclaredLicense",
        from: idOf(`package-${shortHash(ref)}`),
        to: [idOf(`license-${shortHash(expression)}`)],
      }),
    ),
  ];
}
