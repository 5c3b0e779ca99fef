import type { OsFacts } from "../../contract/package-facts.ts";
import { type Component, componentsOf, type SbomContent, subjectName, subjectVersion } from "./document.ts";
import { isSpdxExpression } from "./licenses.ts";
import { completenessOf, componentProperties, imageProperties, type Property } from "./properties.ts";
import { serialOf } from "./serial.ts";

/** Document in CycloneDX JSON (https://cyclonedx.org/docs/1.6/json/). */
export function cycloneDx(content: SbomContent, version: "1.6" | "1.7"): object {
  const { subject, packages, douane, created } = content;
  const components = componentsOf(content);
  const image = subjectVersion(subject);
  return {
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    bomFormat: "CycloneDX",
    specVersion: version,
    serialNumber: `urn:uuid:${serialOf(content, components, `cyclonedx-${version}`)}`,
    version: 1,
    metadata: {
      timestamp: created.toISOString(),
      lifecycles: [{ phase: "post-build" }],
      tools: { components: [{ type: "application", name: "douane", version: douane }] },
      component: {
        type: "container",
        "bom-ref": image,
        name: subjectName(subject),
        version: image,
        properties: propertiesOf(imageProperties(content)),
      },
    },
    components: [
      ...(packages.os === undefined ? [] : [system(packages.os)]),
      ...components.map((component) => library(component, subject.diffIds)),
    ],
    dependencies: [
      {
        ref: image,
        dependsOn: [
          ...(packages.os === undefined ? [] : [systemRef(packages.os)]),
          ...components.map(({ ref }) => ref),
        ],
      },
    ],
    compositions: [{ aggregate: completenessOf(content), dependencies: [image] }],
  };
}

function systemRef({ id, version }: OsFacts): string {
  return `os:${id}${version === undefined ? "" : `@${version}`}`;
}

function system(os: OsFacts): object {
  const { id, version, name } = os;
  return {
    type: "operating-system",
    "bom-ref": systemRef(os),
    name: id,
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { description: name }),
  };
}

function library(component: Component, diffIds: readonly string[]): object {
  const { ref, purl, facts } = component;
  const { namespace, name, version, licenses = [], type, supplier } = facts;
  const group = type === "maven" || type === "npm" || type === "composer" ? namespace : undefined;
  return {
    type: "library",
    "bom-ref": ref,
    ...(supplier === undefined ? {} : { supplier: { name: supplier } }),
    ...(group === undefined ? {} : { group }),
    name: group === undefined && namespace !== undefined ? `${namespace}/${name}` : name,
    ...(version === "" ? {} : { version }),
    ...(licenses.length === 0 ? {} : { licenses: licensesOf(licenses) }),
    purl,
    properties: propertiesOf(componentProperties(component, diffIds)),
  };
}

/** Licences as a single expression or as names: the schema forbids a mixed list. */
function licensesOf(licenses: readonly string[]): readonly object[] {
  const [only, ...others] = licenses;
  if (only !== undefined && others.length === 0 && isSpdxExpression(only)) return [{ expression: only }];
  return licenses.map((name) => ({ license: { name } }));
}

function propertiesOf(all: readonly Property[]): readonly object[] {
  return all.map(([name, value]) => ({ name, value }));
}
