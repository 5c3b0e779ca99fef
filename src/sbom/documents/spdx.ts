import { createHash } from "node:crypto";
import { packageName } from "../../contract/package-name.ts";
import { commentOf } from "./comment.ts";
import {
  type Component,
  componentsOf,
  placeOf,
  type SbomContent,
  subjectName,
  subjectVersion,
} from "./document.ts";
import { declaredLicense } from "./licenses.ts";
import { completenessOf, componentProperties, imageProperties } from "./properties.ts";
import { serialOf } from "./serial.ts";

const IMAGE = "SPDXRef-Image";
const SYSTEM = "SPDXRef-OperatingSystem";

/** Document in SPDX 2.3 JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export function spdx(content: SbomContent): object {
  const { subject, packages, douane, created, gaps } = content;
  const components = componentsOf(content);
  const system = packages.os === undefined ? [] : [SYSTEM];
  const contained = [...system, ...components.map(({ ref }) => idOf(ref))];
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: subjectName(subject),
    documentNamespace: `urn:uuid:${serialOf(content, components, "spdx-2.3")}`,
    creationInfo: { created: seconds(created), creators: [`Tool: douane-${douane}`] },
    comment: completenessText(content),
    documentDescribes: [IMAGE],
    packages: [
      imagePackage(content),
      ...system.map((SPDXID) => ({
        SPDXID,
        name: packages.os?.id,
        ...(packages.os?.version === undefined ? {} : { versionInfo: packages.os.version }),
        ...(packages.os?.name === undefined ? {} : { description: packages.os.name }),
        primaryPackagePurpose: "OPERATING_SYSTEM",
        ...UNSAID,
      })),
      ...components.map((component) => packageOf(component, subject.diffIds)),
    ],
    relationships: [
      relationship("SPDXRef-DOCUMENT", "DESCRIBES", IMAGE),
      ...contained.map((id) => relationship(IMAGE, "CONTAINS", id)),
      ...(gaps.length === 0 ? [] : [relationship(IMAGE, "CONTAINS", "NOASSERTION")]),
    ],
  };
}

/** Sentence about the document's completeness, for human readers. */
export function completenessText(content: SbomContent): string {
  return {
    complete: "Complete: all layers and lists of packages were read.",
    unknown: "Programs or libraries are in the image that no package gives an account of.",
    incomplete: "Incomplete: not all of the image could be read.",
  }[completenessOf(content)];
}

const UNSAID = { downloadLocation: "NOASSERTION", filesAnalyzed: false };

function imagePackage(content: SbomContent): object {
  const { digest } = content.subject;
  return {
    SPDXID: IMAGE,
    name: subjectName(content.subject),
    versionInfo: subjectVersion(content.subject),
    primaryPackagePurpose: "CONTAINER",
    ...UNSAID,
    ...(digest === undefined
      ? {}
      : { checksums: [{ algorithm: "SHA256", checksumValue: digest.slice("sha256:".length) }] }),
    comment: commentOf(imageProperties(content)),
  };
}

function packageOf(component: Component, diffIds: readonly string[]): object {
  const { ref, purl, facts, catalogers } = component;
  const { version, licenses = [], source, supplier } = facts;
  const { expression, properties } = declaredLicense(licenses);
  const built = source === undefined ? "" : `; built from ${source.name} ${source.version}`;
  return {
    SPDXID: idOf(ref),
    name: packageName(facts),
    ...(version === "" ? {} : { versionInfo: version }),
    ...(supplier === undefined ? {} : { supplier: `Organization: ${supplier}` }),
    ...UNSAID,
    licenseDeclared: expression ?? "NOASSERTION",
    ...(expression !== undefined || licenses.length === 0 ? {} : { licenseComments: licenses.join(", ") }),
    sourceInfo: `found by ${catalogers.join(", ")} in ${placeOf(facts)}${built}`,
    comment: commentOf([...componentProperties(component, diffIds), ...properties]),
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
  };
}

function relationship(from: string, relationshipType: string, to: string): object {
  return { spdxElementId: from, relationshipType, relatedSpdxElement: to };
}

/** Identifier of an element, with letters, digits, `.` and `-` only. */
function idOf(ref: string): string {
  return `SPDXRef-Package-${shortHash(ref)}`;
}

/** Hash long enough to be unique within one document. */
export function shortHash(ref: string): string {
  return createHash("sha256").update(ref).digest("hex").slice(0, 32);
}

/** Time without fractions of a second, which SPDX does not allow. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
