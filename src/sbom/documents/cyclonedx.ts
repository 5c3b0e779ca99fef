import type { OsFacts } from "../../contract/package-facts.ts";
import { type Component, componentsOf, placeOf } from "./components.ts";
import { type SbomContent, type SbomSubject, subjectName, subjectVersion } from "./document.ts";
import { isSpdxExpression } from "./licenses.ts";
import { serialOf } from "./serial.ts";

/** A document in CycloneDX's JSON (https://cyclonedx.org/docs/1.6/json/). */
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
      tools: { components: [{ type: "application", name: "douane", version: douane }] },
      component: imageComponent(subject),
    },
    components: [
      ...(packages.os === undefined ? [] : [system(packages.os)]),
      ...components.map((component) => library(component, subject)),
    ],
    dependencies: [
      { ref: image, dependsOn: components.map(({ purl }) => purl) },
      ...components.map(({ purl }) => ({ ref: purl })),
    ],
  };
}

function imageComponent(subject: SbomSubject): object {
  const { imageId, digest, platform, diffIds } = subject;
  return {
    type: "container",
    "bom-ref": subjectVersion(subject),
    name: subjectName(subject),
    version: subjectVersion(subject),
    properties: [
      property("image:id", imageId),
      ...(digest === undefined ? [] : [property("image:digest", digest)]),
      property("image:platform", platform),
      ...diffIds.map((diffId) => property("image:layer", diffId)),
    ],
  };
}

function system({ id, version, name }: OsFacts): object {
  return {
    type: "operating-system",
    "bom-ref": `os:${id}${version === undefined ? "" : `@${version}`}`,
    name: id,
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { description: name }),
  };
}

function library({ purl, facts, places }: Component, { diffIds }: SbomSubject): object {
  const { namespace, name, version, source, licenses = [], type } = facts;
  const group = type === "maven" || type === "npm" || type === "composer" ? namespace : undefined;
  return {
    type: "library",
    "bom-ref": purl,
    ...(group === undefined ? {} : { group }),
    name: group === undefined && namespace !== undefined ? `${namespace}/${name}` : name,
    ...(version === "" ? {} : { version }),
    ...(licenses.length === 0 ? {} : { licenses: licensesOf(licenses) }),
    purl,
    properties: [
      property("cataloger", facts.cataloger),
      ...(source === undefined
        ? []
        : [property("source:name", source.name), property("source:version", source.version)]),
      ...places.flatMap((place) => [
        property("path", placeOf(place)),
        property("layer", diffIds[place.layer] ?? ""),
      ]),
    ],
  };
}

/** Either one expression, or names: the schema lets no list mix them. */
function licensesOf(licenses: readonly string[]): readonly object[] {
  const [only, ...others] = licenses;
  if (only !== undefined && others.length === 0 && isSpdxExpression(only)) return [{ expression: only }];
  return licenses.map((name) => ({ license: { name } }));
}

function property(name: string, value: string): object {
  return { name: `douane:${name}`, value };
}
